using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Results.Coverage;

/// <summary>What the facts of a coverage set are made of.</summary>
/// <param name="FileCount">How many source files there are, listed or not.</param>
/// <param name="Baseline">The facts of the same set in the baseline; null if there is none.</param>
internal sealed record CoverageFacts(CoverageContent Content, long FileCount, Value? Baseline)
{
    private const int Listed = 200;

    /// <summary>Those that are missing where there is nothing to compare with.</summary>
    public static readonly Facts<CoverageFacts> Compared = new Facts<CoverageFacts>()
        .Number(
            "lines_change",
            "Difference of `lines` to the baseline, from -1 to 1; missing if there is none.",
            coverage => coverage.Content.Figures.LineRate - coverage.Before(CoverageFigures.LineRateName))
        .Number(
            "branches_change",
            "Difference of `branches` to the baseline; missing if there is none.",
            coverage => coverage.Content.Figures.BranchRate - coverage.Before(CoverageFigures.BranchRateName));

    private static readonly Facts<PatchCoverage> OfChange = new Facts<PatchCoverage>()
        .Ratio(
            "changed",
            "Covered lines among those that the pull request adds or rewrites and that can be covered; missing if there is none.",
            changed => changed.Total > 0 ? (double)changed.Covered / changed.Total : null)
        .Int("changed_covered", "Covered lines that the pull request adds or rewrites.", changed => changed.Covered)
        .Int("changed_total", "Lines that the pull request adds or rewrites and that can be covered.", changed => changed.Total)
        .Texts(
            "changed_uncovered",
            "Those that no test ran, 200 ranges at most.",
            "The file with its lines, as `src/a.cs:12-14`.",
            changed => changed.Uncovered)
        .Texts(
            "changed_unmeasured",
            "Changed files that no report names, although the reports name files with the same ending: perhaps tests, perhaps what no "
            + "test loads.",
            "From the root of the repository.",
            changed => changed.Unmeasured);

    public static readonly Facts<CoverageFacts> Facts = new Facts<CoverageFacts>("What the coverage reports hold.")
        .Include(CoverageContent.Facts, coverage => coverage.Content)
        .Int("files_total", "Source files.", coverage => coverage.FileCount)
        .Include(Compared, coverage => coverage)
        .Include(OfChange, coverage => coverage.Changed);

    /// <summary>What the reports say of the lines that the pull request changes; null if that is not known, or nobody reads it.</summary>
    public PatchCoverage? Changed { get; init; }

    /// <summary>True if any of the facts about the pull request's lines is read.</summary>
    public static bool ReadsChanges(FactUse use) => OfChange.Type.Fields!.Keys.Any(name => use.Under(name) is not null);

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
