using GateAction.Core.Model;

namespace GateAction.Files;

/// <summary>
/// One file pattern: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders, <c>{a,b}</c> for either. Compared segment by segment with the path
/// relative to where the gate runs, or with the full path where the pattern is absolute.
/// </summary>
internal sealed class FileGlob
{
    private const int MostAlternatives = 10_000;
    private readonly string[][] _alternatives;

    /// <summary>Throws <see cref="GateException"/> where <see cref="ObjectionTo"/> objects.</summary>
    public FileGlob(string pattern)
    {
        var text = pattern.Replace('\\', '/');
        IsExclude = text.StartsWith('!');
        text = IsExclude ? text[1..] : text;
        IsAbsolute = text.StartsWith('/') || (text.Length > 1 && text[1] == ':');
        if (ObjectionTo(pattern) is { } objection)
            throw new GateException(objection);
        _alternatives = [.. Braces.Expand(text).Distinct(StringComparer.Ordinal).Select(Segments)];
    }

    /// <summary>What is wrong with a pattern; null where nothing is.</summary>
    public static string? ObjectionTo(string pattern) => Braces.Count(pattern) > MostAlternatives
        ? $"the braces of the pattern come to more than {MostAlternatives} alternatives; write it with wildcards, or as several patterns"
        : null;

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
}
