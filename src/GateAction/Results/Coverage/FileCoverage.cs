namespace GateAction.Results.Coverage;

/// <summary>
/// One source file's lines and branches. A line that several reports, classes or test runs measured is covered when one of them hit it, and of its
/// branches those count that the best of them took.
/// </summary>
internal sealed class FileCoverage
{
    private readonly Dictionary<int, LineCoverage> _lines = [];

    /// <summary>Where the format counts without naming lines (JaCoCo's counters of a file without lines): added to what the lines say.</summary>
    public CoverageFigures Unlisted { get; private set; }

    public CoverageFigures Figures => _lines.Values.Aggregate(Unlisted, (sum, line) => sum + new CoverageFigures(1, line.IsHit ? 1 : 0, line.Branches, line.TakenBranches));

    public void AddLine(int line, bool isHit, int branches = 0, int taken = 0)
    {
        var known = _lines.GetValueOrDefault(line);
        _lines[line] = new(known.IsHit || isHit, Math.Max(known.Branches, branches), Math.Max(known.TakenBranches, taken));
    }

    public void AddUnlisted(CoverageFigures figures) => Unlisted += figures;

    private readonly record struct LineCoverage(bool IsHit, int Branches, int TakenBranches);
}

/// <summary>Lines and branches: how many there are and how many were covered.</summary>
internal readonly record struct CoverageFigures(long Lines, long CoveredLines, long Branches, long CoveredBranches)
{
    public double? LineRate => Lines == 0 ? null : (double)CoveredLines / Lines;

    public double? BranchRate => Branches == 0 ? null : (double)CoveredBranches / Branches;

    public static CoverageFigures operator +(CoverageFigures left, CoverageFigures right) => new(
        left.Lines + right.Lines,
        left.CoveredLines + right.CoveredLines,
        left.Branches + right.Branches,
        left.CoveredBranches + right.CoveredBranches);
}
