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
    private static readonly string[] Weak = ["config", "success", "default", "notset", "alert", "fine", "silly", "inf", "trace", "verbose"];

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
    ];

    // What a shell writes of a process that is gone stands alone on its line.
    private static readonly string[] Ends = ["Killed", "Aborted", "Aborted (core dumped)"];

    public static LogSeverity? Find(ReadOnlySpan<char> line)
    {
        line = line[..Math.Min(line.Length, Searched)];
        if (OfEnd(line) is { } dying)
            return dying;
        for (var at = 0; at < line.Length;)
        {
            if (!char.IsAsciiLetterOrDigit(line[at]))
            {
                at++;
                continue;
            }
            var end = at;
            while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] == '_'))
                end++;
            // PostgreSQL's words for what belongs to the error before: the rest of the line is not about this one.
            if (end < line.Length && line[end] == ':'
                && line[at..end] is "STATEMENT" or "DETAIL" or "HINT" or "CONTEXT" or "QUERY" or "LOCATION")
                return null;
            if (ReadMark(line, at, end) is { } severity and not LogSeverity.Default)
                return severity;
            at = end;
        }
        return null;
    }

    /// <summary>What a runtime or a shell writes of a program that dies; null for any other line.</summary>
    public static LogSeverity? OfEnd(ReadOnlySpan<char> line)
    {
        if (line.StartsWith("thread '") && line.IndexOf("' panicked at") > 0)
            return LogSeverity.Critical;
        if (line is ['K' or 'A', ..] && IsEnd(line.TrimEnd()))
            return LogSeverity.Critical;
        // Few lines begin so, and the expression is not run over the others.
        if ((line is ['U' or '(' or '*', ..] || line.IndexOf(".rb:") > 0) && Dying().IsMatch(line))
            return LogSeverity.Error;
        // PHP writes its time first.
        var php = line.IndexOf("PHP ");
        foreach (var (start, severity) in Phrases)
        {
            if (line.StartsWith(start) || (php > 0 && line[php..].StartsWith(start)))
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

    private static LogSeverity? ReadMark(ReadOnlySpan<char> line, int at, int end)
    {
        var key = KeyBefore(line[..at]);
        if (AsciiRun.IsDigits(line[at..end]))
            return key.Length > 0 ? FromNumber(key, line, at, end) : null;
        if (end - at is < 3 or > 13)
            return key.Length > 0 && end - at == 1 && IsKey(key) ? LogSeverities.FromLetter(line[at]) : null;
        var word = line[at..end];
        if (key.Length > 0 && IsKey(key))
        {
            // slog: ERROR+2.
            var rest = end;
            while (rest < line.Length && (char.IsAsciiDigit(line[rest]) || (rest == end && line[rest] is '+' or '-')))
                rest++;
            return LogSeverities.FromField(line[at..rest]) ?? LogSeverities.FromField(word);
        }
        if (!IsMarked(line, at, end))
            return null;
        // PostgreSQL's and MySQL's words for what is worth no more than a note.
        var (before, after) = (at == 0 ? '\n' : line[at - 1], end == line.Length ? '\n' : line[end]);
        if ((word is "LOG" && after == ':') || (before == '[' && after == ']' && word.Equals("note", StringComparison.OrdinalIgnoreCase)))
            return LogSeverity.Info;
        return LogSeverities.FromWord(word);
    }

    private static bool IsMarked(ReadOnlySpan<char> line, int at, int end)
    {
        var (before, after) = (at == 0 ? '\n' : line[at - 1], end == line.Length ? '\n' : line[end]);
        if (char.IsAsciiLetterOrDigit(before) || before is '_' or '+' or '-' or '=' or '$' || after is '_' or '=')
            return false;
        var isEnclosed = before is '[' or '<' or '(' or '|' or '\t' or ':' or ',' or '.'
            && after is ']' or '>' or ')' or '|' or '\t' or ',';
        if (before is '.' or ',' && !(before == after))
            isEnclosed = false;
        var word = line[at..end];
        var isWeak = false;
        foreach (var weak in Weak)
            isWeak |= word.Equals(weak, StringComparison.OrdinalIgnoreCase);
        if (isEnclosed || (at == 0 && after == ':'))
            return true;
        if (!AsciiRun.IsUpper(word))
            return IsPadded(line, at, end);
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
        + @"|\S+\.rb:\d+:in .+ \(\w+\))")]
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
