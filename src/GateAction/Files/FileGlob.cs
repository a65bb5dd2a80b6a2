using GateAction.Core.Model;

namespace GateAction.Files;

/// <summary>
/// One file pattern: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders, <c>{a,b}</c> for either. Compared segment by segment
/// with the path relative to where the gate runs, or with the full path where the pattern is absolute.
/// </summary>
internal sealed class FileGlob
{
    private const int MostAlternatives = 10_000;
    private readonly string[][] _alternatives;

    public FileGlob(string pattern)
    {
        Text = pattern;
        var text = pattern.Replace('\\', '/');
        IsExclude = text.StartsWith('!');
        text = IsExclude ? text[1..] : text;
        IsAbsolute = text.StartsWith('/') || (text.Length > 1 && text[1] == ':');
        _alternatives = [.. Expand(text).Take(MostAlternatives + 1).Select(Segments)];
        if (_alternatives.Length > MostAlternatives)
            throw new GateException(Objection(pattern)!);
    }

    public string Text { get; }

    public bool IsExclude { get; }

    public bool IsAbsolute { get; }

    /// <summary>The folders before the first wildcard of each alternative: where a search must start.</summary>
    public IEnumerable<string> Roots => _alternatives.Select(Root).Distinct();

    /// <summary>True where the pattern names the folder itself: then it is not skipped.</summary>
    public bool Names(string folder) => _alternatives.Any(segments => segments.Contains(folder));

    public bool IsMatch(string path)
    {
        // Elsewhere than on Windows a backslash is a part of a name.
        var segments = (OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path).Split('/', StringSplitOptions.RemoveEmptyEntries);
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

    /// <summary>What is wrong with a pattern; null where nothing is.</summary>
    public static string? Objection(string pattern)
    {
        if (pattern.TrimStart('!').Trim().Length == 0)
            return $"'{pattern}' is no file pattern: it names no file";
        return Expand(pattern).Take(MostAlternatives + 1).Count() > MostAlternatives
            ? $"the braces of '{Cut(pattern)}' stand for more than {MostAlternatives} patterns; write several patterns, or '*'"
            : null;
    }

    private static string Cut(string pattern) => pattern.Length <= 80 ? pattern : pattern[..80] + "…";

    // The first brace that is closed, with those within it; what is not closed stands for itself.
    private static IEnumerable<string> Expand(string pattern)
    {
        for (var open = pattern.IndexOf('{'); open >= 0; open = pattern.IndexOf('{', open + 1))
        {
            if (Choices(pattern, open) is not ({ } choices, var close))
                continue;
            foreach (var choice in choices)
            {
                foreach (var whole in Expand($"{pattern[..open]}{choice}{pattern[(close + 1)..]}"))
                    yield return whole;
            }
            yield break;
        }
        yield return pattern;
    }

    private static (IReadOnlyList<string>? Choices, int Close) Choices(string pattern, int open)
    {
        var (depth, from, choices) = (0, open + 1, new List<string>());
        for (var i = open; i < pattern.Length; i++)
        {
            depth += pattern[i] == '{' ? 1 : pattern[i] == '}' ? -1 : 0;
            if (depth != 0 && !(depth == 1 && pattern[i] == ','))
                continue;
            choices.Add(pattern[from..i]);
            from = i + 1;
            if (depth == 0)
                return (choices, i);
        }
        return (null, 0);
    }
}
