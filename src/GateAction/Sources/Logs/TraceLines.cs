using System.Text.RegularExpressions;

namespace GateAction.Sources.Logs;

/// <summary>
/// Knows the lines that continue the one before them: a stack trace, and the exception that it ends in. They say no severity of their own.
/// A trace that no warning or error announces, as of a program that dies, is an error itself.
/// </summary>
internal sealed partial class TraceLines
{
    private static readonly string[] RecordKeys =
        ["level=", "lvl=", "severity=", "time=", "ts=", "msg=", "\"level\":", "\"severity\":", "\"loglevel\":", "\"levelname\":"];

    private bool _hasLine;
    private bool _isOpen;
    private bool _isAnnounced;
    private bool _isAfterWhole;
    private bool _isChained = true;
    private bool _isIndented;

    /// <summary>True if the line that was seen last continues the one before it.</summary>
    public bool Continued { get; private set; }

    /// <summary>Null where the line does not say.</summary>
    public LogSeverity? SeverityOf(LogLine line)
    {
        var isStart = false;
        var isRecord = line.Severity is not null && !_isOpen && !IsBelowHead(line.Content) && HasKeys(line.Content);
        Continued = !line.IsTimed && !line.IsWhole && !isRecord && Continues(line.Content, out isStart);
        if (Continued)
        {
            var isOwn = isStart && !(_isAnnounced && _isChained);
            _isAnnounced |= isStart;
            _isChained |= isStart;
            return isOwn && !(line.Priority > LogSeverity.Error) ? LogSeverity.Error : line.Priority;
        }
        (_hasLine, _isOpen, _isAnnounced, _isAfterWhole) = (true, false, line.Severity >= LogSeverity.Warning, line.IsWhole);
        (_isChained, _isIndented) = (true, ConsoleHead().IsMatch(line.Content));
        return line.Severity;
    }

    /// <summary>Of a record that stands alone: a trace that it begins with is an error.</summary>
    public static LogSeverity? OfRecord(LogLine line)
    {
        var content = line.Content.TrimStart();
        return line.Severity ?? (content.StartsWith("Traceback (most recent call last)") || Thrown().IsMatch(content)
            ? LogSeverity.Error
            : null);
    }

    private bool Continues(ReadOnlySpan<char> text, out bool isStart)
    {
        var content = text.TrimStart();
        isStart = content.StartsWith("Traceback (most recent call last)")
            || content.StartsWith("+ Exception Group Traceback (most recent call last)");
        if (isStart)
            return _isOpen = true;
        if (!_hasLine && !_isOpen)
            return false;
        if (IsBelowHead(text))
            return true;
        if (StartsWithSeverity(content) || (content.Length == text.Length && TextSeverity.OfEnd(text) is not null))
            return false;
        var isChain = content.StartsWith("During handling of") || content.StartsWith("The above exception");
        _isChained |= isChain;
        if (isChain || content.Length < text.Length || content.StartsWith("at ") || content.StartsWith("Caused by:")
            || content.StartsWith("Suppressed:") || content.StartsWith("... ")
            || content.StartsWith("goroutine ") || content is ['}' or ']' or ')', ..])
            return true;
        if (!Exception().IsMatch(content) && !(_isOpen && Last().IsMatch(content)))
            return false;
        // A line of JSON holds its own trace, so this one is none of it.
        isStart = _isAfterWhole && !_isOpen && Thrown().IsMatch(content);
        // Another traceback behind this one's last line is another program's death, unless Python says that it belongs to it.
        _isChained = !_isOpen;
        _isOpen = false;
        return true;
    }

    // .NET's console writes the text of its record below it, indented.
    private bool IsBelowHead(ReadOnlySpan<char> text) => _isIndented && text.StartsWith("      ");

    // A record of keys and values is one wherever it begins, and a line of JSON that is written over several lines has its severity on
    // its own line.
    private static bool HasKeys(ReadOnlySpan<char> text)
    {
        var content = text.TrimStart(" \t-*");
        foreach (var key in RecordKeys)
        {
            if (content.StartsWith(key, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return content is ['[' or '<', ..] && content.IndexOfAny(']', '>') is > 1 and < 12 and var end
            && LogSeverities.FromWord(content[1..end].Trim()) is not (null or LogSeverity.Default);
    }

    // A level that is set to the right begins with blanks and is a line of its own all the same.
    private static bool StartsWithSeverity(ReadOnlySpan<char> content)
    {
        content = content.TrimStart("[| ");
        var end = 0;
        while (end < content.Length && char.IsAsciiLetter(content[end]))
            end++;
        return end >= 3 && (end == content.Length || content[end] is ' ' or ':' or ']' or '|' or '\t') && AsciiRun.IsUpper(content[..end])
            && LogSeverities.FromWord(content[..end]) is not null;
    }

    [GeneratedRegex(@"\A[\w.$]+(Exception|Error|Throwable|Exit|Interrupt|Warning)( \[\w+\])?(:|\s*\z)")]
    private static partial Regex Exception();

    [GeneratedRegex(@"\A(trce|dbug|info|warn|fail|crit): .+\[-?\d+\]\s*\z")]
    private static partial Regex ConsoleHead();

    [GeneratedRegex(@"\A[\w.$]+(Exception|Error)( \[\w+\])?(:|\s*\z)")]
    private static partial Regex Thrown();

    [GeneratedRegex(@"\A[A-Za-z_][\w.]*(: |\s*\z)")]
    private static partial Regex Last();
}
