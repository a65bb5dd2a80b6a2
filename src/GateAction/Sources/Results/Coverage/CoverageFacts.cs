using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Sources.Results.Coverage;

/// <summary>The facts of a coverage set.</summary>
internal static class CoverageFacts
{
    private const int Listed = 200;

    private static readonly (string, FactType)[] Figures =
    [
        ("lines", FactType.Ratio("Covered lines among those that can be covered.")),
        ("lines_covered", FactType.Int("Covered lines.")),
        ("lines_total", FactType.Int("Lines that can be covered.")),
        ("branches", FactType.Ratio("Taken branches among all; missing where the report has none.")),
        ("branches_covered", FactType.Int("Taken branches.")),
        ("branches_total", FactType.Int("Branches.")),
    ];

    private static readonly (string, FactType)[] Changed =
    [
        ("changed", FactType.Ratio(
            "Covered lines among those that the pull request adds or rewrites and that can be covered; missing if there is none.")),
        ("changed_covered", FactType.Int("Covered lines that the pull request adds or rewrites.")),
        ("changed_total", FactType.Int("Lines that the pull request adds or rewrites and that can be covered.")),
        ("changed_uncovered", FactType.List(
            "Those that no test ran, 200 ranges at most.", FactType.String("The file with its lines, as `src/a.cs:12-14`."))),
        ("changed_unmeasured", FactType.List(
            "Changed files that no report names, although the reports name files with the same ending: perhaps tests, perhaps what no "
            + "test loads.",
            FactType.String("From the root of the repository."))),
    ];

    public static FactType Type { get; } = FactType.Object(
        "What the coverage reports hold.",
        [
            .. Figures,
            ("files_total", FactType.Int("Source files.")),
            ("files", FactType.List("The 200 source files with the most uncovered lines.",
                FactType.Object("One source file.",
                [("path", FactType.String("From where the gate runs; as the report writes it where no such file lies there.")),
                .. Figures]))),
            ("lines_change", FactType.Number("Difference of `lines` to the baseline, from -1 to 1; missing where there is none.")),
            ("branches_change", FactType.Number("Difference of `branches` to the baseline; missing where there is none.")),
            .. Changed,
        ]);

    /// <summary>The facts that are missing where there is nothing to compare with.</summary>
    public static readonly IReadOnlyList<string> Compared = ["lines_change", "branches_change"];

    /// <summary>True if any of the facts about the pull request's lines is read.</summary>
    public static bool ReadsChanges(FactUse use) => Changed.Any(fact => use.Under(fact.Item1) is not null);

    public static IEnumerable<(string, Value)> Of(PatchCoverage changed)
    {
        if (changed.Total > 0)
            yield return ("changed", Value.Double((double)changed.Covered / changed.Total));
        yield return ("changed_covered", Value.Int(changed.Covered));
        yield return ("changed_total", Value.Int(changed.Total));
        yield return ("changed_uncovered", Value.List([.. changed.Uncovered.Select(Value.String)]));
        yield return ("changed_unmeasured", Value.List([.. changed.Unmeasured.Select(Value.String)]));
    }

    public static IEnumerable<(string, Value)> Of(CoverageTally tally, CoverageFigures figures, Value? baseline)
    {
        foreach (var fact in FiguresOf(figures))
            yield return fact;
        yield return ("files_total", Value.Int(tally.FileCount));
        yield return ("files", Value.List(Files(tally)));
        if (Before(baseline, "lines") is { } lines && figures.LineRate is { } lineRate)
            yield return ("lines_change", Value.Double(lineRate - lines));
        if (Before(baseline, "branches") is { } branches && figures.BranchRate is { } branchRate)
            yield return ("branches_change", Value.Double(branchRate - branches));
    }

    // Of a million files the names of those that are listed alone are kept.
    private static List<Value> Files(CoverageTally tally)
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
        var files = new List<Value>();
        while (worst.TryDequeue(out var file, out _))
            files.Add(Value.Map([("path", Value.String(file.Name)), .. FiguresOf(file.Figures)]));
        files.Reverse();
        return files;
    }

    private static IEnumerable<(string, Value)> FiguresOf(CoverageFigures figures)
    {
        if (figures.LineRate is { } lines)
            yield return ("lines", Value.Double(lines));
        yield return ("lines_covered", Value.Int(figures.CoveredLines));
        yield return ("lines_total", Value.Int(figures.Lines));
        if (figures.BranchRate is { } branches)
            yield return ("branches", Value.Double(branches));
        yield return ("branches_covered", Value.Int(figures.CoveredBranches));
        yield return ("branches_total", Value.Int(figures.Branches));
    }

    private static double? Before(Value? baseline, string name) =>
        baseline is { Kind: ValueKind.Map } facts && facts.AsMap.TryGet(name, out var value)
            ? value.Kind switch { ValueKind.Double => value.AsDouble, ValueKind.Int => value.AsInt, _ => null }
            : null;
}
