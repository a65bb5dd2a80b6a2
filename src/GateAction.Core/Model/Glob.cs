namespace GateAction.Core.Model;

/// <summary>
/// The patterns of a manifest: <c>*</c> stands for any characters and <c>?</c> for one. In a path neither is a '/', <c>**</c> crosses
/// folders and <c>**/</c> is any number of them, also none, as in GitHub's <c>paths</c> and <c>branches</c> filters; in a name, which has
/// no folders, <c>*</c> crosses all. <c>{a,b}</c> is expanded before, where a field has it.
/// </summary>
public static class Glob
{
    private const int MostAlternatives = 10_000;

    // They are expanded one within the other, and the stack has an end.
    private const int MostBraces = 200;

    /// <summary>True if the last pattern that matches does not begin with <c>!</c>; if the first one does, all else is taken.</summary>
    public static bool AnyMatch(IReadOnlyList<string> patterns, string path)
    {
        var matches = patterns.Count > 0 && patterns[0].StartsWith('!');
        foreach (var pattern in patterns)
        {
            var excludes = pattern.StartsWith('!');
            if (IsMatch(excludes ? pattern.AsSpan(1) : pattern, path))
                matches = !excludes;
        }
        return matches;
    }

    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path) => IsMatch(pattern, path, hasFolders: true);

    public static bool IsNameMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name) => IsMatch(pattern, name, hasFolders: false);

    // Each star first takes nothing. If what follows does not fit, the last star takes a character more; if that one is at the end of its
    // folder, the last '**' does. No star before these is tried again, because they can take whatever it could. And if a '*' found nothing
    // in its folder, it finds nothing there from a later place either, so '**' goes on with the next folder: time stays within about
    // pattern times path, whatever the names are that a change or a server brings.
    private static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path, bool hasFolders)
    {
        // Of thousands of patterns and paths nearly all differ before the first star: that is seen at a glance.
        var common = pattern.CommonPrefixLength(path);
        if (common < pattern.Length && pattern[..(common + 1)].IndexOfAny('*', '?') < 0)
            return false;
        var (at, from) = (0, 0);
        Star star = default, deep = default;
        while (from < path.Length || at < pattern.Length)
        {
            if (Star.At(pattern, at, hasFolders) is { IsThere: true } next)
            {
                next.Taken = from;
                (star, deep) = next.Crosses ? (default, next) : (next, deep);
                at = next.End;
            }
            else if (at < pattern.Length && from < path.Length && Fits(pattern[at], path[from], hasFolders))
                (at, from) = (at + 1, from + 1);
            else if (star.IsThere && star.TryTakeCharacter(path))
                (at, from) = (star.End, star.Taken);
            else if (deep.IsThere && (star.IsThere || deep.IsFolders ? deep.TryTakeFolder(path) : deep.TryTakeCharacter(path)))
                (at, from, star) = (deep.End, deep.Taken, default);
            else
                return false;
        }
        return true;
    }

    private static bool Fits(char expected, char found, bool hasFolders) =>
        expected == found || (expected == '?' && (!hasFolders || found != '/'));

    /// <summary>The patterns that the braces of one stand for. Braces that are not closed stand for themselves; braces without a comma do
    /// so too, beside what is in them. Throws <see cref="GateException"/> if they are too many.</summary>
    public static IReadOnlyList<string> Alternatives(string pattern) => Objection(pattern) is { } objection
        ? throw new GateException(objection)
        : [.. Expand(pattern)];

    /// <summary>Why the braces of a pattern cannot be expanded; null if they can.</summary>
    public static string? Objection(string pattern)
    {
        if (pattern.AsSpan().Count('{') <= MostBraces && Expand(pattern).Take(MostAlternatives + 1).Count() <= MostAlternatives)
            return null;
        var shown = pattern.Length <= 80 ? pattern : pattern[..80] + "…";
        return $"the braces of '{shown}' stand for more than {MostAlternatives} patterns; write several patterns, or '*'";
    }

    private static IEnumerable<string> Expand(string pattern, int from = 0)
    {
        for (var open = pattern.IndexOf('{', from); open >= 0; open = pattern.IndexOf('{', open + 1))
        {
            if (Choices(pattern, open) is not ({ } choices, var close))
                continue;
            var (before, behind) = (pattern[..open], pattern[(close + 1)..]);
            var expanded = choices.SelectMany(choice => Expand($"{before}{choice}{behind}", open));
            // Braces without a comma stand for themselves too: a file may be called {id}.json.
            foreach (var whole in choices.Count == 1 ? expanded.Concat(Expand(pattern, open + 1)) : expanded)
                yield return whole;
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

    /// <summary>A star of a pattern, and up to which character of the path it has taken what it stands for.</summary>
    /// <param name="End">The place in the pattern behind it.</param>
    private record struct Star(int End, bool Crosses, bool IsFolders)
    {
        public readonly bool IsThere => End > 0;

        public int Taken { get; set; }

        public static Star At(ReadOnlySpan<char> pattern, int at, bool hasFolders)
        {
            var rest = pattern[at..];
            if (!rest.StartsWith('*'))
                return default;
            if (!hasFolders)
                return new(at + 1, Crosses: true, IsFolders: false);
            if (rest.StartsWith("**/") && (at == 0 || pattern[at - 1] == '/'))
                return new(at + 3, Crosses: true, IsFolders: true);
            return rest.StartsWith("**") ? new(at + 2, Crosses: true, IsFolders: false) : new(at + 1, Crosses: false, IsFolders: false);
        }

        public bool TryTakeCharacter(ReadOnlySpan<char> path)
        {
            if (Taken == path.Length || (!Crosses && path[Taken] == '/'))
                return false;
            Taken++;
            return true;
        }

        public bool TryTakeFolder(ReadOnlySpan<char> path)
        {
            var end = path[Taken..].IndexOf('/');
            Taken += end + 1;
            return end >= 0;
        }
    }
}
