namespace GateAction.Cel.Values;

/// <summary>"Did you mean": the nearest of the names that are accepted, else the list of them.</summary>
public static class Suggestion
{
    private const int ListLimit = 16;
    // The distance takes time by the product of both lengths, and names may come from a server.
    private const int LengthLimit = 64;

    /// <summary>Continues a sentence: <c>; did you mean 'latency'</c>, <c>; there are body, json and status</c>, or nothing if there are
    /// no names.</summary>
    public static string For(string name, IEnumerable<string> accepted)
    {
        var names = accepted.Distinct(StringComparer.Ordinal).ToList();
        if (Nearest(name, names) is { } nearest)
            return $"; did you mean '{nearest}'";
        return names.Count switch
        {
            0 => "",
            1 => $"; there is {names[0]}",
            <= ListLimit => $"; there are {string.Join(", ", names[..^1])} and {names[^1]}",
            _ => $"; there are {string.Join(", ", names[..ListLimit])} and {names.Count - ListLimit} more",
        };
    }

    /// <summary>The accepted name that is within a third of the length in edits (transpositions count one), or null.</summary>
    public static string? Nearest(string name, IEnumerable<string> accepted)
    {
        string? best = null;
        // Within a third of its letters 'stauts' is 'status'. In one letter everything would be like everything.
        var bestDistance = Math.Min(name.Length, Math.Max(1, name.Length / 3) + 1);
        foreach (var candidate in accepted)
        {
            if (candidate.Length > LengthLimit || Math.Abs(candidate.Length - name.Length) >= bestDistance)
                continue;
            var distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }
        return best;
    }

    /// <summary>Optimal string alignment distance.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[a.Length, b.Length];
    }
}
