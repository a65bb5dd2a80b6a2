namespace GateAction.Core.Model;

/// <summary>Figures of a set of test cases, always counted from the cases.</summary>
/// <param name="Passed">Every case that passed in the end, flaky ones included.</param>
/// <param name="Flaky">How many of the passed ones failed first.</param>
/// <param name="Duration">The sum of the cases' times.</param>
public readonly record struct TestCounts(long Total, long Passed, long Failed, long Errors, long Skipped, long Flaky, TimeSpan Duration)
{
    public static readonly Facts<TestCounts> Facts = TestFigure.All
        .Aggregate(new Facts<TestCounts>("Figures of one suite."), (facts, figure) => figure.AddTo(facts))
        .Duration("duration", "Sum of the cases' times.", counts => counts.Duration, (counts, time) => counts with { Duration = time });

    public static TestCounts Of(TestOutcome outcome, TimeSpan duration) => new(
        1,
        outcome is TestOutcome.Passed or TestOutcome.Flaky ? 1 : 0,
        outcome == TestOutcome.Failed ? 1 : 0,
        outcome == TestOutcome.Error ? 1 : 0,
        outcome == TestOutcome.Skipped ? 1 : 0,
        outcome == TestOutcome.Flaky ? 1 : 0,
        duration);

    /// <summary>The share of the cases that ran and passed; null if none ran.</summary>
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

/// <summary>One of the counts. Facts, tables and JSON all call it by this name.</summary>
internal sealed record TestFigure(
    string Name, string Description, Func<TestCounts, long> In, Func<TestCounts, long, TestCounts> With, bool TellsErrors = false)
{
    public static readonly TestFigure Total = new(
        "total",
        "Test cases, counted one by one.",
        counts => counts.Total,
        (counts, count) => counts with { Total = count },
        TellsErrors: true);

    public static readonly TestFigure Passed = new(
        "passed",
        "Cases that passed in the end; flaky ones are among them.",
        counts => counts.Passed,
        (counts, count) => counts with { Passed = count });

    public static readonly TestFigure Failed = new(
        "failed", "Cases with a failed assertion.", counts => counts.Failed, (counts, count) => counts with { Failed = count });

    public static readonly TestFigure Errors = new(
        "errors",
        "Cases that broke: an exception, a timeout, a crash.",
        counts => counts.Errors,
        (counts, count) => counts with { Errors = count },
        TellsErrors: true);

    public static readonly TestFigure Skipped = new(
        "skipped",
        "Cases that did not run or that nobody judged.",
        counts => counts.Skipped,
        (counts, count) => counts with { Skipped = count });

    public static readonly TestFigure Flaky = new(
        "flaky",
        "Cases that failed and then passed on a rerun.",
        counts => counts.Flaky,
        (counts, count) => counts with { Flaky = count });

    public static readonly IReadOnlyList<TestFigure> All = [Total, Passed, Failed, Errors, Skipped, Flaky];

    public Facts<TestCounts> AddTo(Facts<TestCounts> facts)
    {
        facts.Int(Name, Description, counts => In(counts), With).AsFigure(isLast: this == Total);
        return TellsErrors ? facts.TellsErrors() : facts;
    }
}
