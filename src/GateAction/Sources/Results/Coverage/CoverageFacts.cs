using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Results.Coverage;

/// <summary>What the facts of a coverage set are made of.</summary>
/// <param name="FileCount">How many source files there are, listed or not.</param>
/// <param name="Baseline">The facts of the same set in the baseline; null where there is none.</param>
internal sealed record CoverageFacts(CoverageContent Content, long FileCount, Value? Baseline)
{
    private const int Listed = 200;

    /// <summary>Those that are missing where there is nothing to compare with.</summary>
    public static readonly Facts<CoverageFacts> Compared = new Facts<CoverageFacts>()
        .Number(
            "lines_change",
            "Difference of `lines` to the baseline, from -1 to 1; missing where there is none.",
            coverage => coverage.Content.Figures.LineRate - coverage.Before(CoverageFigures.LineRateName))
        .Number(
            "branches_change",
            "Difference of `branches` to the baseline; missing where there is none.",
            coverage => coverage.Content.Figures.BranchRate - coverage.Before(CoverageFigures.BranchRateName));

    public static readonly Facts<CoverageFacts> Facts = new Facts<CoverageFacts>("What the coverage reports hold.")
        .Include(CoverageContent.Facts, coverage => coverage.Content)
        .Int("files_total", "Source files.", coverage => coverage.FileCount)
        .Include(Compared, coverage => coverage);

    // Of a million files the names of those that are listed alone are kept.
    public static IReadOnlyList<CoveredFile> LeastCovered(CoverageTally tally)
    {
        var worst = new PriorityQueue<(string Name, CoverageFigures Figures), (long Uncovered,
            string Name)>(Comparer<(long Uncovered, string Name)>.Create((left, right) =>
            left.Uncovered != right.Uncovered ? left.Uncovered.CompareTo(right.Uncovered) : string.CompareOrdinal(right.Name, left.Name)));
        foreach (var (name, coverage) in tally.Read())
        {
            var figures = coverage.Figures;
            worst.Enqueue((name, figures), (figures.Lines - figures.CoveredLines, name));
            if (worst.Count > Listed)
                worst.Dequeue();
        }
        var files = new List<CoveredFile>();
        while (worst.TryDequeue(out var file, out _))
            files.Add(new(file.Name, file.Figures));
        files.Reverse();
        return files;
    }

    private double? Before(string name) =>
        Baseline is { Kind: ValueKind.Map } facts && facts.AsMap.TryGet(name, out var value)
            ? value.Kind switch { ValueKind.Double => value.AsDouble, ValueKind.Int => value.AsInt, _ => null }
            : null;
}
