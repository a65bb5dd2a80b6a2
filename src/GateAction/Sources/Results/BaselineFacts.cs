using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Results;

/// <summary>A run of tests against the same result set in the baseline.</summary>
/// <param name="run">This run.</param>
/// <param name="before">The tests of the baseline, by their identity.</param>
/// <param name="show">A test as facts show it.</param>
internal sealed class BaselineFacts(ResultRun run, Dictionary<ulong, (TestOutcome Outcome, string? Name)> before,
    Func<TestCase, TestCase> show)
{
    /// <summary>Who the tests were, packed; what a later run compares itself with.</summary>
    public const string Index = "index";

    private const int Listed = ResultLimits.Traces;

    /// <summary>Those that are missing where there is nothing to compare with.</summary>
    public static readonly Facts<BaselineFacts> Facts = new Facts<BaselineFacts>()
        .List("new_failures", "Failing cases that did not fail in the baseline.", TestCase.Facts, compared => compared.NewFailures)
        .TellsErrors()
        .Texts(
            "fixed",
            "Names of cases that failed in the baseline and pass now.",
            "The name.",
            compared => compared.Names(compared.Now.Where(test => Passed(test.Value.Outcome) && compared.Before(test.Key) is { } known
            && IsFailing(known))))
        .Texts(
            "vanished",
            "Names of cases that the baseline has and this run has not.",
            "The name.",
            compared => compared.Names(compared._before.Where(test => !compared.Now.ContainsKey(test.Key))))
        .Texts(
            "newly_skipped",
            "Names of cases that ran in the baseline and are skipped now.",
            "The name.",
            compared => compared.Names(compared.Now.Where(test =>
                test.Value.Outcome == TestOutcome.Skipped && compared.Before(test.Key) is { } known && known != TestOutcome.Skipped)))
        .Int("added", "Cases that the baseline has not.", compared =>
        compared.Now.Keys.Count(identity => compared.Before(identity) is null));

    private readonly Dictionary<ulong, (TestOutcome Outcome, string? Name)> _before = before;

    private Dictionary<ulong, (TestOutcome Outcome, string? Name)> Now => field ??= Current(run);

    private IEnumerable<TestCase> NewFailures =>
        run.Failures.Where(test => !(Before(TestIndex.IdentityOf(test)) is { } known && IsFailing(known))).Take(Listed).Select(show);

    /// <param name="baseline">The facts of the same result set in the baseline.</param>
    /// <returns>Null where they hold no tests that can be read.</returns>
    public static BaselineFacts? Of(ResultRun run, Value? baseline, Func<TestCase, TestCase> show) =>
        baseline is { Kind: ValueKind.Map } facts && facts.AsMap.TryGet(Index, out var packed) && packed.Kind == ValueKind.String
        && PackedIndex.Unpack(packed.AsString) is { } before
            ? new(run, before, show)
            : null;

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

    private TestOutcome? Before(ulong identity) => _before.TryGetValue(identity, out var known) ? known.Outcome : null;

    private IEnumerable<string> Names(IEnumerable<KeyValuePair<ulong, (TestOutcome, string? Name)>> tests) =>
        tests.Take(Listed).Select(test => test.Value.Name ?? _before.GetValueOrDefault(test.Key).Name
        ?? $"test {test.Key:x16} (its name was not kept)");

    private static bool IsFailing(TestOutcome outcome) => outcome is TestOutcome.Failed or TestOutcome.Error;

    private static bool Passed(TestOutcome outcome) => outcome is TestOutcome.Passed or TestOutcome.Flaky;
}
