using GateAction.Core.Model;

namespace GateAction.Sources.Results;

/// <summary>Tests that stand several times with different outcomes. Each counts as it stands: nobody can tell a rerun from a second test of
/// the same name.</summary>
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

    // Few tests fail, as a rule, so those that passed are looked up among them; a part at a time keeps memory flat where very many do.
    private static (int Groups, ulong First) Count(ResultRun run)
    {
        var failing = run.Counted.Sum(file => file.Counts.Failed + file.Counts.Errors);
        var parts = failing == 0 ? 0 : (uint)(1 + (failing / CasesPerPart));
        var (failed, both) = (new HashSet<ulong>(), new HashSet<ulong>());
        var (groups, first) = (0, 0UL);
        for (var part = 0U; part < parts; part++)
        {
            failed.Clear();
            both.Clear();
            foreach (var entries in run.Counted.SelectMany(file => file.Index.Entries.Chunks))
                CollectFailed(entries, part, parts, failed);
            foreach (var entries in run.Counted.SelectMany(file => file.Index.Entries.Chunks))
                CollectPassed(entries, failed, both);
            first = groups == 0 && both.Count > 0 ? both.Min() : first;
            groups += both.Count;
        }
        return (groups, first);
    }

    private static void CollectFailed(ReadOnlySpan<ulong> entries, uint part, uint parts, HashSet<ulong> failed)
    {
        foreach (var entry in entries)
        {
            if (TestIndex.OutcomeOf(entry) is TestOutcome.Failed or TestOutcome.Error && (uint)(entry >> 32) % parts == part)
                failed.Add(TestIndex.IdentityOf(entry));
        }
    }

    private static void CollectPassed(ReadOnlySpan<ulong> entries, HashSet<ulong> failed, HashSet<ulong> both)
    {
        foreach (var entry in entries)
        {
            if (TestIndex.OutcomeOf(entry) is TestOutcome.Passed or TestOutcome.Flaky && failed.Contains(TestIndex.IdentityOf(entry)))
                both.Add(TestIndex.IdentityOf(entry));
        }
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
