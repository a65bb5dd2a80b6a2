namespace GateAction.Manifests.Syntax;

/// <summary>"Did you mean": the nearest of the accepted names where it is near enough to be a slip, else the list of all.</summary>
internal static class Suggestion
{
    private const int ListedNames = 40;

    public static string For(string found, IEnumerable<string> accepted)
    {
        var names = accepted.ToArray();
        var nearest = names.MinBy(name => Distance(found.ToLowerInvariant(), name.ToLowerInvariant()));
        if (nearest is null)
            return "none is accepted here";
        return Distance(found.ToLowerInvariant(), nearest.ToLowerInvariant()) <= Tolerance(found, nearest)
            ? $"did you mean '{nearest}'?"
            : $"accepted: {string.Join(", ", names.Take(ListedNames))}{(names.Length > ListedNames ? " …" : "")}";
    }

    private static int Tolerance(string found, string name) => Math.Max(1, Math.Min(found.Length, name.Length) / 3);

    // Optimal string alignment: Levenshtein's distance where a swap of two neighbours counts once.
    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[left.Length, right.Length];
    }
}
