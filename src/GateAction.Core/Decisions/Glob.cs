namespace GateAction.Core.Decisions;

/// <summary>
/// Path patterns as GitHub's <c>paths</c> and <c>branches</c> filters read them: <c>*</c> and <c>?</c> stay within one segment, <c>**</c>
/// crosses them, a leading <c>!</c> takes matches of earlier patterns out again. Time is bounded by pattern times path.
/// </summary>
internal static class Glob
{
    public static bool AnyMatch(IReadOnlyList<string> patterns, string path)
    {
        var matches = patterns.Count > 0 && patterns[0].StartsWith('!');
        foreach (var pattern in patterns)
        {
            var excludes = pattern.StartsWith('!');
            if (IsMatch(excludes ? pattern[1..] : pattern, path))
                matches = !excludes;
        }
        return matches;
    }

    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        var reached = new bool[path.Length + 1];
        reached[0] = true;
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at..].StartsWith("**/") && (at == 0 || pattern[at - 1] == '/'))
                (reached, at) = (AfterFolders(reached, path), at + 2);
            else if (pattern[at..].StartsWith("**"))
                (reached, at) = (AfterStar(reached, path, crosses: true), at + 1);
            else if (pattern[at] == '*')
                reached = AfterStar(reached, path, crosses: false);
            else
                reached = AfterCharacter(reached, path, pattern[at]);
        }
        return reached[path.Length];
    }

    private static bool[] AfterFolders(bool[] reached, ReadOnlySpan<char> path)
    {
        var next = (bool[])reached.Clone();
        var within = false;
        for (var at = 0; at < path.Length; at++)
        {
            within |= reached[at];
            next[at + 1] |= within && path[at] == '/';
        }
        return next;
    }

    private static bool[] AfterStar(bool[] reached, ReadOnlySpan<char> path, bool crosses)
    {
        var next = (bool[])reached.Clone();
        for (var at = 0; at < path.Length; at++)
            next[at + 1] |= next[at] && (crosses || path[at] != '/');
        return next;
    }

    private static bool[] AfterCharacter(bool[] reached, ReadOnlySpan<char> path, char expected)
    {
        var next = new bool[reached.Length];
        for (var at = 0; at < path.Length; at++)
            next[at + 1] = reached[at] && (path[at] == expected || (expected == '?' && path[at] != '/'));
        return next;
    }
}
