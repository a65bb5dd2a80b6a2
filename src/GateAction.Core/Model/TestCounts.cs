namespace GateAction.Core.Model;

/// <summary>Figures of a set of test cases, always counted from the cases.</summary>
/// <param name="Passed">Every case that passed in the end, flaky ones included.</param>
/// <param name="Flaky">How many of the passed ones failed first.</param>
/// <param name="Duration">The sum of the cases' times.</param>
public readonly record struct TestCounts(long Total, long Passed, long Failed, long Errors, long Skipped, long Flaky, TimeSpan Duration)
{
    public static readonly Facts<TestCounts> Facts = new Facts<TestCounts>("Figures of one suite.")
        .Int("total", "Test cases, counted one by one.", counts => counts.Total, (counts, count) => counts with { Total = count })
        .AsFigure(isLast: true)
        .Int(
            "passed",
            "Cases that passed in the end; flaky ones are among them.",
            counts => counts.Passed,
            (counts, count) => counts with { Passed = count }).AsFigure()
        .Int("failed", "Cases with a failed assertion.", counts => counts.Failed, (counts, count) => counts with { Failed = count })
        .AsFigure()
        .Int(
            "errors",
            "Cases that broke: an exception, a timeout, a crash.",
            counts => counts.Errors,
            (counts, count) => counts with { Errors = count }).AsFigure()
        .Int(
            "skipped",
            "Cases that did not run or that nobody judged.",
            counts => counts.Skipped,
            (counts, count) => counts with { Skipped = count }).AsFigure()
        .Int(
            "flaky",
            "Cases that failed and then passed on a rerun.",
            counts => counts.Flaky,
            (counts, count) => counts with { Flaky = count }).AsFigure()
        .Duration("duration", "Sum of the cases' times.", counts => counts.Duration, (counts, time) => counts with { Duration = time });

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
