using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Results;

/// <summary>The facts that need the baseline's evidence of the same result set; missing where there is none.</summary>
internal static class BaselineFacts
{
    /// <summary>Who the tests were, packed; what a later run compares itself with.</summary>
    public const string Index = "index";

    /// <summary>The facts that are missing where there is nothing to compare with.</summary>
    public static readonly IReadOnlyList<string> Compared = ["new_failures", "fixed", "vanished", "newly_skipped", "added"];

    private const int Listed = Limits.Traces;

    public static IEnumerable<(string, FactType)> Types(FactType test) =>
    [
        ("new_failures", FactType.List("Failing cases that did not fail in the baseline.", test)),
        ("fixed", FactType.List("Names of cases that failed in the baseline and pass now.", FactType.String("The name."))),
        ("vanished", FactType.List("Names of cases that the baseline has and this run has not.", FactType.String("The name."))),
        ("newly_skipped", FactType.List("Names of cases that ran in the baseline and are skipped now.", FactType.String("The name."))),
        ("added", FactType.Int("Cases that the baseline has not.")),
        (Index, FactType.String("The identities of all cases, packed, for the comparison with a later run.")),
    ];

    /// <param name="baseline">The facts of the same result set in the baseline.</param>
    /// <param name="describe">Makes the facts of one test.</param>
    public static IEnumerable<(string, Value)> Of(ResultRun run, Value baseline, Func<IEnumerable<TestCase>, Value> describe)
    {
        if (baseline.Kind != ValueKind.Map || !baseline.AsMap.TryGet(Index, out var packed) || packed.Kind != ValueKind.String
            || PackedIndex.Unpack(packed.AsString) is not { } before)
            yield break;
        var now = Current(run);
        yield return ("new_failures",
            describe(run.Failures.Where(test =>
            !(before.TryGetValue(TestIndex.IdentityOf(test), out var known) && IsFailing(known.Outcome)))));
        yield return ("fixed",
            Names(now.Where(test => Passed(test.Value.Outcome) && before.TryGetValue(test.Key, out var known) && IsFailing(known.Outcome)),
            before));
        yield return ("vanished", Names(before.Where(test => !now.ContainsKey(test.Key)), before));
        yield return ("newly_skipped",
            Names(now.Where(test => test.Value.Outcome == TestOutcome.Skipped && before.TryGetValue(test.Key, out var known)
            && known.Outcome != TestOutcome.Skipped), before));
        yield return ("added", Value.Int(now.Keys.Count(identity => !before.ContainsKey(identity))));
    }

    // Where a test stands several times its worst outcome counts, as in the baseline.
    private static Dictionary<ulong, (TestOutcome Outcome, string? Name)> Current(ResultRun run)
    {
        var tests = new Dictionary<ulong, (TestOutcome Outcome, string? Name)>();
        foreach (var index in run.Counted.Select(file => file.Index))
        {
            for (var i = 0; i < index.Count; i++)
            {
                var (identity, outcome) = (TestIndex.IdentityOf(index.Entries[i]), TestIndex.OutcomeOf(index.Entries[i]));
                if (!tests.TryGetValue(identity, out var known) || outcome > known.Outcome)
                    tests[identity] = (outcome, index.NameOf(i));
            }
        }
        return tests;
    }

    private static Value Names(IEnumerable<KeyValuePair<ulong, (TestOutcome, string? Name)>> tests,
        Dictionary<ulong, (TestOutcome, string? Name)> before) =>
        Value.List(tests.Take(Listed)
        .Select(test => test.Value.Name ?? before.GetValueOrDefault(test.Key).Name ?? $"test {test.Key:x16} (its name was not kept)"));

    private static bool IsFailing(TestOutcome outcome) => outcome is TestOutcome.Failed or TestOutcome.Error;

    private static bool Passed(TestOutcome outcome) => outcome is TestOutcome.Passed or TestOutcome.Flaky;
}
