namespace GateAction.Core.Model;

/// <summary>What a measurement holds beside its facts, typed for the reports that show it in a form of its own.</summary>
public abstract record Content
{
    /// <summary>The same with each text changed: what is secret is masked so.</summary>
    public abstract Content WithTexts(Func<string, string> change);
}

/// <summary>The lines of a log that are shown.</summary>
public sealed record LogContent(IReadOnlyList<string> Lines) : Content
{
    public static Facts<LogContent> FactsOf(string description, string element) => new Facts<LogContent>(empty: new([]))
        .Texts("lines", description, element, log => log.Lines, (_, lines) => new(lines));

    public override Content WithTexts(Func<string, string> change) => new LogContent([.. Lines.Select(change)]);
}

/// <summary>Lines and branches: how many there are and how many were covered.</summary>
public readonly record struct CoverageFigures(long Lines, long CoveredLines, long Branches = 0, long CoveredBranches = 0)
{
    public const string LineRateName = "lines";
    public const string BranchRateName = "branches";

    public static readonly Facts<CoverageFigures> Facts = new Facts<CoverageFigures>()
        .Ratio(LineRateName, "Covered lines among those that can be covered.", figures => figures.LineRate).AsFigure()
        .Int("lines_covered", "Covered lines.", figures => figures.CoveredLines, (figures, count) => figures with { CoveredLines = count })
        .Int("lines_total", "Lines that can be covered.", figures => figures.Lines, (figures, count) => figures with { Lines = count })
        .Ratio(BranchRateName, "Taken branches among all; missing if the report has none.", figures => figures.BranchRate).AsFigure()
        .Int("branches_covered", "Taken branches.", figures => figures.CoveredBranches, (figures, count) =>
        figures with { CoveredBranches = count })
        .Int("branches_total", "Branches.", figures => figures.Branches, (figures, count) => figures with { Branches = count });

    // Of no lines nothing is covered and nothing is not: no fact, so a condition over it is inconclusive.
    public double? LineRate => Lines == 0 ? null : (double)CoveredLines / Lines;

    public double? BranchRate => Branches == 0 ? null : (double)CoveredBranches / Branches;

    /// <summary>The lines alone.</summary>
    public CoverageFigures OfLines => this with { Branches = 0, CoveredBranches = 0 };

    public static CoverageFigures operator +(CoverageFigures left, CoverageFigures right) => new(
        left.Lines + right.Lines,
        left.CoveredLines + right.CoveredLines,
        left.Branches + right.Branches,
        left.CoveredBranches + right.CoveredBranches);

    public static CoverageFigures operator -(CoverageFigures left, CoverageFigures right) => new(
        left.Lines - right.Lines,
        left.CoveredLines - right.CoveredLines,
        left.Branches - right.Branches,
        left.CoveredBranches - right.CoveredBranches);

    /// <summary>The larger of each: what is known at least where two reports count the same without naming it.</summary>
    public static CoverageFigures Max(CoverageFigures left, CoverageFigures right) => new(
        Math.Max(left.Lines, right.Lines),
        Math.Max(left.CoveredLines, right.CoveredLines),
        Math.Max(left.Branches, right.Branches),
        Math.Max(left.CoveredBranches, right.CoveredBranches));
}

/// <summary>The coverage of a set of reports.</summary>
/// <param name="Files">Those with the most uncovered lines.</param>
public sealed record CoverageContent(CoverageFigures Figures, IReadOnlyList<CoveredFile> Files) : Content
{
    public static readonly Facts<CoverageContent> Facts = new Facts<CoverageContent>(empty: new(default, []))
        .Include(CoverageFigures.Facts, coverage => coverage.Figures, (coverage, figures) => coverage with { Figures = figures })
        .List(
            "files",
            "The 200 source files with the most uncovered lines.",
            CoveredFile.Facts,
            coverage => coverage.Files,
            (coverage, files) => coverage with { Files = files });

    public override Content WithTexts(Func<string, string> change) =>
        this with { Files = [.. Files.Select(file => file with { Path = change(file.Path) })] };
}

/// <summary>The coverage of one source file.</summary>
public sealed record CoveredFile(string Path, CoverageFigures Figures)
{
    public static readonly Facts<CoveredFile> Facts = new Facts<CoveredFile>("One source file.", new("", default))
        .Text(
            "path",
            "From where the gate runs; as the report writes it where no such file lies there.",
            file => file.Path,
            (file, path) => file with { Path = path })
        .Include(CoverageFigures.Facts, file => file.Figures, (file, figures) => file with { Figures = figures });
}
