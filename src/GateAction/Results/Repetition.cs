using System.Runtime.InteropServices;
using GateAction.Core;

namespace GateAction.Results;

/// <summary>Tests that stand several times with different outcomes. Each counts as it stands: nobody can tell a rerun from a second test of the same name.</summary>
internal static class Repetition
{
    private const int CasesPerPart = 1 << 18;

    public static void Report(ResultRun run)
    {
        var (groups, first) = Count(run);
        if (groups == 0)
            return;
        var (file, name) = Find(run, first);
        var more = groups == 1 ? "" : $"; {groups - 1} more like it";
        file.Add(Severity.Warning, $"test '{name}' stands several times and both passed and failed: each counts as it stands{more}");
    }

    // Equal identities meet in the same part: a part at a time keeps memory flat, however many cases there are.
    private static (int Groups, ulong First) Count(ResultRun run)
    {
        var total = run.Counted.Sum(file => file.Index.Count);
        var parts = (uint)(1 + (total / CasesPerPart));
        var entries = new List<ulong>(Math.Min(total, CasesPerPart));
        var (groups, first) = (0, 0UL);
        for (var part = 0U; part < parts; part++)
        {
            entries.Clear();
            foreach (var file in run.Counted)
                Add(file.Index.Entries, part, parts, entries);
            entries.Sort();
            var (found, identity) = Count(CollectionsMarshal.AsSpan(entries));
            first = groups == 0 ? identity : first;
            groups += found;
        }
        return (groups, first);
    }

    private static void Add(ChunkedList from, uint part, uint parts, List<ulong> entries)
    {
        for (var i = 0; i < from.Count; i++)
        {
            if ((uint)(from[i] >> 32) % parts == part)
                entries.Add(from[i]);
        }
    }

    private static (int Groups, ulong First) Count(ReadOnlySpan<ulong> entries)
    {
        var (groups, first, last) = (0, 0UL, 0UL);
        for (var i = 1; i < entries.Length; i++)
        {
            var identity = TestIndex.IdentityOf(entries[i]);
            if (identity == last || identity != TestIndex.IdentityOf(entries[i - 1]) || !Contradict(entries, i, identity))
                continue;
            last = identity;
            first = groups++ == 0 ? identity : first;
        }
        return (groups, first);
    }

    // Sorted by identity and then outcome: the entry before the first of a contradiction is the best, passed or flaky.
    private static bool Contradict(ReadOnlySpan<ulong> entries, int index, ulong identity)
    {
        var best = TestIndex.OutcomeOf(entries[index - 1]);
        var end = index;
        while (end + 1 < entries.Length && TestIndex.IdentityOf(entries[end + 1]) == identity)
            end++;
        return best is TestOutcome.Passed or TestOutcome.Flaky && TestIndex.OutcomeOf(entries[end]) is TestOutcome.Failed or TestOutcome.Error;
    }

    private static (FileTally File, string Name) Find(ResultRun run, ulong identity)
    {
        foreach (var file in run.Counted)
        {
            for (var i = 0; i < file.Index.Count; i++)
            {
                if (TestIndex.IdentityOf(file.Index.Entries[i]) == identity)
                    return (file, file.Index.NameOf(i) ?? "(name not kept)");
            }
        }
        return (run.Counted[0], "(name not kept)");
    }
}
