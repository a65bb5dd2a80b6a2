using GateAction.Core.Model;
using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>What stays in memory of a file: little more than eight bytes a case, however the file writes its names.</summary>
[NonParallelizable] // What others allocate would be counted.
internal sealed class MemoryTests
{
    private const int Cases = 200_000;

    [Test]
    public void A_suite_named_anew_for_each_case_is_kept_once()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var index = new FileTally("a", TestFilter.All, 1);

        for (var i = 0; i < Cases; i++)
            index.Add(new TestCase("t", "", TestOutcome.Passed) { ClassName = new string('x', 100) });
        var perCase = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Cases;

        Assert.That(index.Counts.Passed, Is.EqualTo(Cases));
        Assert.That(perCase, Is.LessThan(64));
        GC.KeepAlive(index);
    }

    [Test]
    public void Past_their_budget_names_are_left_out_and_cases_are_not()
    {
        var name = new string('n', ResultLimits.Name);
        var most = ResultLimits.NameBytes / ResultLimits.Name;
        var index = new TestIndex(long.MaxValue);

        for (var i = 0; i < most + 100; i++)
            index.Add("s", $"{i}{name}", TestOutcome.Passed);

        Assert.That((index.Count, index.HasNames), Is.EqualTo((most + 100, false)));
        Assert.That((index.NameOf(0), index.NameOf(17)), Is.EqualTo(($"s.0{name}", $"s.17{name}")));
        Assert.That(index.NameOf(most + 50), Is.Null);
        Assert.That(TestIndex.IdentityOf(index.Entries[most + 50]),
            Is.EqualTo(TestIndex.IdentityOf(new TestCase($"{most + 50}{name}", "s", TestOutcome.Passed))));
    }
}
