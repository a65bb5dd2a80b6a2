namespace GateAction.Sources.Logs;

/// <summary>
/// Finds the severity near the beginning of a line of text: <c>ERROR</c> in capitals, <c>[error]</c>, <c>level=error</c>, <c>error:</c> as the first
/// word, or between tabs. A word in running text ("no error found") is none.
/// </summary>
internal static class TextSeverity
{
    private const int Searched = 200;

    public static LogSeverity? Find(ReadOnlySpan<char> line)
    {
        line = line[..Math.Min(line.Length, Searched)];
        for (var at = 0; at < line.Length;)
        {
            if (!char.IsAsciiLetter(line[at]))
            {
                at++;
                continue;
            }
            var end = at;
            while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] == '_'))
                end++;
            if (end - at is >= 3 and <= 11 && IsMarked(line, at, end) && LogSeverities.FromWord(line[at..end]) is { } severity and not LogSeverity.Default)
                return severity;
            at = end;
        }
        return null;
    }

    private static bool IsMarked(ReadOnlySpan<char> line, int at, int end)
    {
        var (before, after) = (at == 0 ? '\n' : line[at - 1], end == line.Length ? '\n' : line[end]);
        if (char.IsAsciiLetterOrDigit(before) || before == '_')
            return false;
        return !line[at..end].ContainsAnyExceptInRange('A', 'Z')
            || (at == 0 && after == ':')
            || (before is '[' or '<' or '(' or '|' or '\t' or ':' && after is ']' or '>' or ')' or '|' or '\t')
            || FollowsKey(line[..at]);
    }

    private static bool FollowsKey(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd("\"' ");
        if (before is not [.., '=' or ':'])
            return false;
        before = before[..^1].TrimEnd("\"' ");
        return before.EndsWith("level", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("lvl", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("severity", StringComparison.OrdinalIgnoreCase);
    }
}
