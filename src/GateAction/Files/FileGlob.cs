namespace GateAction.Files;

/// <summary>
/// One file pattern: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders, <c>{a,b}</c> for either. Compared segment by segment with the path
/// relative to where the gate runs, or with the full path where the pattern is absolute.
/// </summary>
internal sealed class FileGlob
{
    private const int MostAlternatives = 256;
    private readonly string[][] _alternatives;

    public FileGlob(string pattern)
    {
        var text = pattern.Replace('\\', '/');
        IsExclude = text.StartsWith('!');
        text = IsExclude ? text[1..] : text;
        IsAbsolute = text.StartsWith('/') || (text.Length > 1 && text[1] == ':');
        _alternatives = [.. Expand(text).Take(MostAlternatives).Select(Segments)];
    }

    public bool IsExclude { get; }

    public bool IsAbsolute { get; }

    /// <summary>The folders before the first wildcard of each alternative: where a search must start.</summary>
    public IEnumerable<string> Roots => _alternatives.Select(Root).Distinct();

    /// <summary>True where the pattern names the folder itself: then it is not skipped.</summary>
    public bool Names(string folder) => _alternatives.Any(segments => segments.Contains(folder));

    public bool IsMatch(string path)
    {
        var segments = path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        return _alternatives.Any(pattern => IsMatch(pattern, segments));
    }

    private string Root(string[] segments)
    {
        var literal = segments.Take(segments.Length - 1).TakeWhile(segment => segment.IndexOfAny(['*', '?']) < 0);
        return (IsAbsolute ? "/" : "") + string.Join('/', literal);
    }

    private static bool IsMatch(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        var (at, from) = (0, 0);
        var (star, resume) = (-1, 0);
        while (from < path.Length)
        {
            if (at < pattern.Length && pattern[at] == "**")
                (star, resume) = (at++, from);
            else if (at < pattern.Length && Wildcard.IsMatch(pattern[at], path[from]))
                (at, from) = (at + 1, from + 1);
            else if (star >= 0)
                (at, from) = (star + 1, ++resume);
            else
                return false;
        }
        while (at < pattern.Length && pattern[at] == "**")
            at++;
        return at == pattern.Length;
    }

    private static string[] Segments(string pattern) =>
        [.. pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".")];

    private static IEnumerable<string> Expand(string pattern)
    {
        var open = pattern.IndexOf('{');
        var close = open < 0 ? -1 : pattern.IndexOf('}', open);
        if (close < 0)
            return [pattern];
        return pattern[(open + 1)..close].Split(',').SelectMany(choice => Expand($"{pattern[..open]}{choice}{pattern[(close + 1)..]}"));
    }
}
