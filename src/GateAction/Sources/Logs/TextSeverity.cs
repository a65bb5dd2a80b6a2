using System.Globalization;
using System.Text.RegularExpressions;

namespace GateAction.Sources.Logs;

/// <summary>
/// Finds the severity near the beginning of a line of text: <c>ERROR</c> in capitals, <c>[error]</c>, <c>level=error</c>, <c>error:</c> as
/// the first word, between tabs or commas, or what a runtime writes when it dies. A word in running text ("no error found") is none.
/// </summary>
internal static partial class TextSeverity
{
    private const int Searched = 240;

    // Words that are more often something else count only where they stand as a mark.
    private static readonly string[] Weak =
        ["config", "log", "success", "default", "notset", "alert", "fine", "silly", "inf", "trace", "verbose", "http",
        "exception", "failure"];

    private static readonly (string Start, LogSeverity Severity)[] Phrases =
    [
        ("Exception in thread ", LogSeverity.Error),
        ("Unhandled exception", LogSeverity.Error),
        ("fatal error:", LogSeverity.Critical),
        ("Fatal error:", LogSeverity.Critical),
        ("PHP Fatal error:", LogSeverity.Critical),
        ("PHP Parse error:", LogSeverity.Critical),
        ("PHP Warning:", LogSeverity.Warning),
        ("PHP Notice:", LogSeverity.Notice),
        ("PHP Deprecated:", LogSeverity.Notice),
        ("Segmentation fault", LogSeverity.Critical),
        ("terminate called ", LogSeverity.Critical),
        ("[signal SIG", LogSeverity.Critical),
        ("Fatal Python error:", LogSeverity.Critical),
        ("runtime: out of memory", LogSeverity.Critical),
        ("java.lang.OutOfMemoryError", LogSeverity.Critical),
        ("Out of memory: Kill", LogSeverity.Critical),
        ("** (", LogSeverity.Error),
        ("[UnhandledPromiseRejection", LogSeverity.Error),
        ("http: panic serving ", LogSeverity.Error),
        ("npm error ", LogSeverity.Error),
    ];

    // What a shell writes of a process that is gone stands alone on its line.
    private static readonly string[] Ends = ["Killed", "Aborted", "Aborted (core dumped)"];

    /// <param name="start">Where the time ends that the line begins with; 0 where it begins with none.</param>
    /// <returns>The severity, or what stands in the field of the severity and is none.</returns>
    public static (LogSeverity? Severity, string? Unknown) Find(ReadOnlySpan<char> line, int start)
    {
        if ((OfEnd(line) ?? OfEnd(AfterMarks(line[start..]))) is { } dying)
            return (dying, null);
        string? unknown = null;
        var quoted = 0;
        for (var at = 0; at < line.Length;)
        {
            if (!char.IsAsciiLetterOrDigit(line[at]))
            {
                var length = QuotedValueAt(line, at);
                (at, quoted) = (at + length, quoted + length - 1);
                continue;
            }
            var end = at;
            while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] == '_'))
                end++;
            // PostgreSQL's words for what belongs to the error before: the rest of the line is not about this one.
            if (end < line.Length && line[end] == ':'
                && line[at..end] is "STATEMENT" or "DETAIL" or "HINT" or "CONTEXT" or "QUERY" or "LOCATION")
                return default;
            // Far behind only what a key says counts.
            var isNear = at - quoted < Searched;
            if ((isNear || line[at - 1] is '=' or '"') && ReadMark(line, start, at, end, isNear) is { } severity
                and not LogSeverity.Default)
                return (severity, null);
            if (unknown is null && line[at..end] is "level" or "lvl" or "severity" or "loglevel" or "log_level")
                unknown = UnknownValue(line, at, end);
            at = end;
        }
        return (null, unknown);
    }

    // A value in quotation marks is a text that speaks of something else, unless its key is that of a severity.
    private static int QuotedValueAt(ReadOnlySpan<char> line, int at)
    {
        if (line[at] is not ('"' or '\'') || at == 0 || line[at - 1] != '=' || IsKey(KeyBefore(line[..at])))
            return 1;
        for (var end = at + 1; end < line.Length; end++)
        {
            if (line[end] == '\\')
                end++;
            else if (line[end] == line[at])
                return end + 1 - at;
        }
        return 1;
    }

    // level=AUDIT, where a record of keys and values begins or goes on.
    private static string? UnknownValue(ReadOnlySpan<char> line, int at, int end)
    {
        if (line[end..] is not ['=', .. var value] || !IsBehindRecord(line[..at]))
            return null;
        value = value.TrimStart("\"'");
        var length = 0;
        while (length < value.Length && (char.IsAsciiLetterOrDigit(value[length]) || value[length] is '_' or '-' or '+'))
            length++;
        return length is > 0 and <= 32 && LogSeverities.FromField(value[..length]) is null
            && value[length..] is [] or [' ' or '"' or '\'', ..]
            ? value[..length].ToString()
            : null;
    }

    private static bool IsBehindRecord(ReadOnlySpan<char> before)
    {
        var words = before.TrimEnd(' ');
        var word = words[(words.LastIndexOf(' ') + 1)..];
        return before.IsEmpty || (words.Length < before.Length && (word.Contains('=') || word is [.., '"'] or [>= '0' and <= '9', ..]));
    }

    // What stands between the time and the text: `- `, `[svc] `, `[12.345] `.
    private static ReadOnlySpan<char> AfterMarks(ReadOnlySpan<char> line)
    {
        line = line[LogZone.LengthAt(line, out _)..];
        while (line is [not (>= 'A' and <= 'Z' or >= 'a' and <= 'z'), ..])
        {
            var close = line[0] is '[' ? line.IndexOf(']') : 0;
            if (close < 0 || close > 64)
                return line;
            line = line[(close + 1)..];
        }
        return line;
    }

    /// <summary>What a runtime or a shell writes of a program that dies; null for any other line.</summary>
    public static LogSeverity? OfEnd(ReadOnlySpan<char> line)
    {
        if (line.StartsWith("thread '") && line.IndexOf("' panicked at") > 0)
            return LogSeverity.Critical;
        if (line is ['K' or 'A', ..] && IsEnd(line.TrimEnd()))
            return LogSeverity.Critical;
        // Few lines begin so, and the expression is not run over the others.
        if ((line is ['U' or '(' or '*', ..] || line.IndexOf(".rb:") > 0 || line.IndexOf("]: segfault at ") > 0) && Dying().IsMatch(line))
            return LogSeverity.Error;
        foreach (var (start, severity) in Phrases)
        {
            if (line.StartsWith(start))
                return severity;
        }
        return null;
    }

    private static bool IsEnd(ReadOnlySpan<char> line)
    {
        foreach (var end in Ends)
        {
            if (line.Length == end.Length && line.StartsWith(end))
                return true;
        }
        return false;
    }

    private static LogSeverity? ReadMark(ReadOnlySpan<char> line, int start, int at, int end, bool isNear)
    {
        var key = KeyBefore(line[..at]);
        if (AsciiRun.IsDigits(line[at..end]))
            return key.Length > 0 ? FromNumber(key, line, at, end) : null;
        if (end - at is < 3 or > 13)
            return key.Length > 0 && end - at == 1 && IsKey(key) ? LogSeverities.FromLetter(line[at]) : null;
        var word = line[at..end];
        // slog: ERROR+2.
        var rest = end;
        while (rest < line.Length && (char.IsAsciiDigit(line[rest]) || (rest == end && line[rest] is '+' or '-')))
            rest++;
        if (key.Length > 0 && (IsKey(key) || IsOfRouter(key, line[..at])))
            return LogSeverities.FromField(line[at..rest]) ?? LogSeverities.FromField(word);
        if (!isNear || !IsMarked(line, start, at, end))
            return null;
        // PostgreSQL's and MySQL's words for what is worth no more than a note.
        var (before, after) = (at == 0 ? '\n' : line[at - 1], end == line.Length ? '\n' : line[end]);
        if ((word is "LOG" && (after == ':' || (before == ',' && after == ',')))
            || (before == '[' && after == ']' && word is "Note" or "NOTE" or "note" or "System"))
            return LogSeverity.Info;
        return (after == '+' ? LogSeverities.FromField(line[at..rest]) : null) ?? LogSeverities.FromWord(word);
    }

    private static bool IsMarked(ReadOnlySpan<char> line, int start, int at, int end)
    {
        var (before, after) = (at == 0 ? '\n' : line[at - 1], end == line.Length ? '\n' : line[end]);
        if (char.IsAsciiLetterOrDigit(before) || before is '_' or '+' or '-' or '=' or '$' || after is '_' or '=')
            return false;
        // A name, a path or a text that holds the word: [ERROR-pool-1], GET /ERROR, "ERROR".
        if ((after == '-' && end + 1 < line.Length && char.IsAsciiLetter(line[end + 1])) || (before == '/' && after != ']')
            || (before == '"' && after == '"' && at > 1 && line[at - 2] != ','))
            return false;
        var isEnclosed = before is '[' or '<' or '(' or '|' or '\t' or ':' or ',' or '.'
            && after is ']' or '>' or ')' or '|' or '\t' or ',';
        if (before is '.' or ',' && !(before == after))
            isEnclosed = false;
        var word = line[at..end];
        var isWeak = false;
        foreach (var weak in Weak)
            isWeak |= word.Equals(weak, StringComparison.OrdinalIgnoreCase);
        // Windows exports its events as tables: Error,31.03.2027 08:00:00,…
        if (isEnclosed || (at == 0 && (after is ':' or '\t' || line[end..] is [',', >= '0' and <= '9', ..])))
            return true;
        if (!AsciiRun.IsUpper(word))
            return IsPadded(line, at, end)
                || (!isWeak && after == ':' && at >= start && AfterMarks(line[start..]).Length == line.Length - at);
        return !isWeak || before is ' ' or '\n' or '.' && after is ' ' or ':' or ']' or '|' or '\n';
    }

    // `| info  |`, `[ warn ]`: a mark with blanks inside.
    private static bool IsPadded(ReadOnlySpan<char> line, int at, int end)
    {
        var before = line[..at].TrimEnd(' ');
        var after = line[end..].TrimStart(' ');
        return (before is [.., '|'] && after is ['|', ..]) || (before is [.., '['] && after is [']', ..]);
    }

    /// <summary>The key that a value follows: <c>level</c> in <c>level=</c>, <c>"level": "</c>, <c>level:</c>.</summary>
    private static ReadOnlySpan<char> KeyBefore(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd("\"' ");
        if (before is [.., '-'] && before[..^1].TrimEnd("\"' ") is [.., '=' or ':'] signed)
            before = signed;
        if (before is not [.., '=' or ':'])
            return default;
        before = before[..^1].TrimEnd("\"' ");
        var start = before.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(before[start - 1]) || before[start - 1] is '_' or '.' or '-' or '@'))
            start--;
        return before[start..];
    }

    // Heroku's router, and l2met's convention: at=error code=H12, with nothing but a name before it.
    private static bool IsOfRouter(ReadOnlySpan<char> key, ReadOnlySpan<char> before) =>
        key is "at" && before[..^3] is [] or [.., ':', ' '];

    private static bool IsKey(ReadOnlySpan<char> key) =>
        key.EndsWith("level", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("lvl", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("severity", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("severity_text", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("severitytext", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("levelname", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("level_name", StringComparison.OrdinalIgnoreCase);

    // A number with a fraction, or a time of day, is none.
    private static LogSeverity? FromNumber(ReadOnlySpan<char> key, ReadOnlySpan<char> line, int at, int end)
    {
        if ((end < line.Length && line[end] is '.' or ':')
            || !int.TryParse(line[at..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var signed = at > 0 && line[at - 1] == '-' ? -number : number;
        return LogFieldNames.ScaleOf(key) is { } scale ? LogFieldNames.Read(scale, signed, isGelf: false) : null;
    }

    // Node, glibc and Ruby, each with what it names before or behind.
    [GeneratedRegex(@"\A(Uncaught [\w.]*(Error|Exception)\b|\(node:\d+\) UnhandledPromiseRejection|\*\*\* .+ \*\*\*: terminated"
        + @"|\S+\.rb:\d+:in .+ \(\w+\)|\S+\[\d+\]: segfault at )")]
    private static partial Regex Dying();
}

/// <summary>What a word is made of. The runtime's generic searches box each bound before they are compiled for good, for every word of a
/// log.</summary>
internal static class AsciiRun
{
    public static bool IsDigits(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
                return false;
        }
        return true;
    }

    public static bool IsUpper(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterUpper(character))
                return false;
        }
        return true;
    }
}
