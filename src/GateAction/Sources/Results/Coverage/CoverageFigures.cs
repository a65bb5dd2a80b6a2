namespace GateAction.Sources.Results.Coverage;

/// <summary>Lines and branches: how many there are and how many were covered.</summary>
internal readonly record struct CoverageFigures(long Lines, long CoveredLines, long Branches = 0, long CoveredBranches = 0)
{
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
