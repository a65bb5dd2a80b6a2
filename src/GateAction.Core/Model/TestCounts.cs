namespace GateAction.Core.Model;

/// <summary>Figures of a set of test cases, always counted from the cases.</summary>
/// <param name="Passed">Every case that passed in the end, flaky ones included.</param>
/// <param name="Flaky">How many of the passed ones failed first.</param>
/// <param name="Duration">The sum of the cases' times.</param>
public readonly record struct TestCounts(long Total, long Passed, long Failed, long Errors, long Skipped, long Flaky, TimeSpan Duration)
{
    public static TestCounts Of(TestOutcome outcome, TimeSpan duration) => new(
        1,
        outcome is TestOutcome.Passed or TestOutcome.Flaky ? 1 : 0,
        outcome == TestOutcome.Failed ? 1 : 0,
        outcome == TestOutcome.Error ? 1 : 0,
        outcome == TestOutcome.Skipped ? 1 : 0,
        outcome == TestOutcome.Flaky ? 1 : 0,
        duration);

    /// <summary>The share of the cases that ran and passed; null where none ran.</summary>
    public double? PassRate => Total == Skipped ? null : (double)Passed / (Total - Skipped);

    public static TestCounts operator +(TestCounts left, TestCounts right) => new(
        left.Total + right.Total,
        left.Passed + right.Passed,
        left.Failed + right.Failed,
        left.Errors + right.Errors,
        left.Skipped + right.Skipped,
        left.Flaky + right.Flaky,
        Sum(left.Duration, right.Duration));

    // A file may claim any time; a sum that leaves the range stays at its edge.
    private static TimeSpan Sum(TimeSpan left, TimeSpan right) =>
        left > TimeSpan.MaxValue - right ? TimeSpan.MaxValue : left + right;
}
