using System.Numerics;
using System.Runtime.InteropServices;

namespace GateAction.Sources.Results.Coverage;

/// <summary>
/// One source file's lines and branches. A line that several reports, classes or test runs measured is covered when one of them hit it, and of its
/// branches those count that the best of them took.
/// </summary>
internal sealed class FileCoverage
{
    private const int LinesPerBlock = 64;
    private readonly Dictionary<int, LineBlock> _blocks = [];
    private readonly Dictionary<int, (int Branches, int Taken)> _branches = [];

    /// <summary>Where the format counts without naming lines (JaCoCo's counters of a file without lines): added to what the lines say.</summary>
    public CoverageFigures Unlisted { get; private set; }

    public CoverageFigures Figures => Unlisted + new CoverageFigures(
        _blocks.Values.Sum(block => (long)BitOperations.PopCount(block.Seen)),
        _blocks.Values.Sum(block => (long)BitOperations.PopCount(block.Hit)),
        _branches.Values.Sum(line => (long)line.Branches),
        _branches.Values.Sum(line => (long)line.Taken));

    public void AddLine(int line, bool isHit, int branches = 0, int taken = 0)
    {
        var bit = 1UL << (line % LinesPerBlock);
        ref var block = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, line / LinesPerBlock, out _);
        block = new(block.Seen | bit, isHit ? block.Hit | bit : block.Hit);
        if (branches == 0 && taken == 0)
            return;
        var known = _branches.GetValueOrDefault(line);
        _branches[line] = (Math.Max(known.Branches, branches), Math.Max(known.Taken, taken));
    }

    public void AddUnlisted(CoverageFigures figures) => Unlisted += figures;

    /// <summary>A bit for each of 64 lines: a report of millions of lines takes little more than one of thousands.</summary>
    private readonly record struct LineBlock(ulong Seen, ulong Hit);
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
