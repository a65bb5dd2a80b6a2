namespace GateAction.Files;

/// <summary><c>{a,b}</c> for either, also one within another: <c>{a,{b,c}/d}</c>. A brace without its other half is a character.</summary>
internal static class Braces
{
    /// <summary>How many alternatives there are.</summary>
    public static double Count(string pattern) => Find(pattern) is { } braces
        ? ChoicesIn(pattern[(braces.Open + 1)..braces.Close]).Sum(Count) * Count(pattern[(braces.Close + 1)..])
        : 1;

    public static IEnumerable<string> Expand(string pattern)
    {
        if (Find(pattern) is not { } braces)
            return [pattern];
        string[] rests = [.. Expand(pattern[(braces.Close + 1)..])];
        return ChoicesIn(pattern[(braces.Open + 1)..braces.Close]).SelectMany(Expand).SelectMany(choice => rests.Select(rest => $"{pattern[..braces.Open]}{choice}{rest}"));
    }

    /// <summary>The first pair that belongs together.</summary>
    private static (int Open, int Close)? Find(string pattern)
    {
        for (var open = pattern.IndexOf('{'); open >= 0; open = pattern.IndexOf('{', open + 1))
        {
            var depth = 0;
            for (var at = open; at < pattern.Length; at++)
            {
                depth += pattern[at] == '{' ? 1 : pattern[at] == '}' ? -1 : 0;
                if (depth == 0)
                    return (open, at);
            }
        }
        return null;
    }

    private static IEnumerable<string> ChoicesIn(string inside)
    {
        var (start, depth) = (0, 0);
        for (var at = 0; at < inside.Length; at++)
        {
            depth += inside[at] == '{' ? 1 : inside[at] == '}' ? -1 : 0;
            if (inside[at] != ',' || depth != 0)
                continue;
            yield return inside[start..at];
            start = at + 1;
        }
        yield return inside[start..];
    }
}
