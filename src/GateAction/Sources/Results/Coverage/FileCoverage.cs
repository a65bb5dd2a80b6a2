using System.Numerics;
using System.Runtime.InteropServices;
using GateAction.Core.Model;

namespace GateAction.Sources.Results.Coverage;

/// <summary>
/// One source file's lines and branches. A line that several reports, classes or test runs measured is covered when one of them hit it, and
/// of its branches those count that the best of them took: to add the same again changes nothing.
/// </summary>
internal sealed class FileCoverage
{
    private const int LinesPerBlock = 64;
    private readonly Dictionary<int, LineBlock> _blocks = [];
    private readonly Dictionary<int, (int Branches, int Taken)> _branches = [];
    private CoverageFigures _unlisted;

    /// <summary>The lines and branches by their numbers.</summary>
    public CoverageFigures Listed => new(
        _blocks.Values.Sum(block => (long)BitOperations.PopCount(block.Seen)),
        _blocks.Values.Sum(block => (long)BitOperations.PopCount(block.Hit)),
        _branches.Values.Sum(line => (long)line.Branches),
        _branches.Values.Sum(line => (long)line.Taken));

    /// <summary>Lines and branches that a report counts without their numbers.</summary>
    public CoverageFigures Unlisted => _unlisted;

    public CoverageFigures Figures => _unlisted + Listed;

    public int LastLine => _blocks.Count == 0
        ? 0
        : _blocks.MaxBy(block => block.Key) is var (at, block) ? (at * LinesPerBlock) + BitOperations.Log2(block.Seen) : 0;

    /// <summary>True and false for a line that can be covered; null for one that cannot.</summary>
    public bool? IsHit(int line)
    {
        var bit = 1UL << (line % LinesPerBlock);
        var block = _blocks.GetValueOrDefault(line / LinesPerBlock);
        return (block.Seen & bit) == 0 ? null : (block.Hit & bit) != 0;
    }

    public void AddLine(int line, bool isHit)
    {
        var bit = 1UL << (line % LinesPerBlock);
        AddBlock(line / LinesPerBlock, new(bit, isHit ? bit : 0));
    }

    public void AddBranches(int line, int branches, int taken)
    {
        if (branches == 0)
            return;
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_branches, line, out _);
        known = (Math.Max(known.Branches, branches), Math.Max(known.Taken, taken));
    }

    // Not the sum: without numbers nobody can tell that the lines of two runs are not the same ones.
    /// <summary>Lines and branches that a report counts without naming them.</summary>
    public void AddUnlisted(CoverageFigures figures) => _unlisted = CoverageFigures.Max(_unlisted, figures);

    public void Clear()
    {
        _blocks.Clear();
        _branches.Clear();
        _unlisted = default;
    }

    /// <summary>
    /// Packs it: the four unlisted figures; how many groups of eight lines, and of each the distance from the one before with a byte for
    /// the lines and one for those hit; to the end lines with branches, each the distance, branches and taken ones.
    /// </summary>
    public void WriteTo(PackedBytes bytes)
    {
        foreach (var figure in (ReadOnlySpan<long>)[_unlisted.Lines, _unlisted.CoveredLines, _unlisted.Branches, _unlisted.CoveredBranches])
            bytes.AddNumber((ulong)figure);
        bytes.AddNumber((ulong)_blocks.Values.Sum(block => Groups(block)));
        var before = 0;
        // In order, so that almost every distance is one byte.
        foreach (var at in _blocks.Keys.Order())
            WriteBlock(bytes, at, _blocks[at], ref before);
        before = 0;
        foreach (var line in _branches.Keys.Order())
        {
            bytes.AddNumber((ulong)(line - before));
            bytes.AddNumber((ulong)_branches[line].Branches);
            bytes.AddNumber((ulong)_branches[line].Taken);
            before = line;
        }
    }

    /// <summary>Adds what <see cref="WriteTo"/> packed.</summary>
    public void Add(ReadOnlySpan<byte> packed)
    {
        AddUnlisted(new(Number(ref packed), Number(ref packed), Number(ref packed), Number(ref packed)));
        var at = 0;
        for (var groups = Number(ref packed); groups > 0; groups--)
        {
            at += (int)Number(ref packed);
            var shift = at % 8 * 8;
            AddBlock(at / 8, new((ulong)packed[0] << shift, (ulong)packed[1] << shift));
            packed = packed[2..];
        }
        var line = 0;
        while (packed.Length > 0)
        {
            line += (int)Number(ref packed);
            AddBranches(line, (int)Number(ref packed), (int)Number(ref packed));
        }
    }

    private static void WriteBlock(PackedBytes bytes, int at, LineBlock block, ref int before)
    {
        for (var i = 0; i < 8; i++)
        {
            var seen = (byte)(block.Seen >> (i * 8));
            if (seen == 0)
                continue;
            var group = (at * 8) + i;
            bytes.AddNumber((ulong)(group - before));
            bytes.Add(seen);
            bytes.Add((byte)(block.Hit >> (i * 8)));
            before = group;
        }
    }

    private static int Groups(LineBlock block)
    {
        var groups = 0;
        for (var seen = block.Seen; seen != 0; seen >>= 8)
            groups += (seen & 0xFF) == 0 ? 0 : 1;
        return groups;
    }

    private static long Number(ref ReadOnlySpan<byte> packed)
    {
        var (number, shift) = (0UL, 0);
        while (true)
        {
            var next = packed[0];
            packed = packed[1..];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return (long)number;
            shift += 7;
        }
    }

    private void AddBlock(int at, LineBlock added)
    {
        ref var block = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, at, out _);
        block = new(block.Seen | added.Seen, block.Hit | added.Hit);
    }

    /// <summary>A bit for each of 64 lines: a report of millions of lines takes little more than one of thousands.</summary>
    private readonly record struct LineBlock(ulong Seen, ulong Hit);
}
