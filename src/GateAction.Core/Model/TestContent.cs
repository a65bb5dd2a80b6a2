namespace GateAction.Core.Model;

/// <summary>The tests of a result set: how many there are, and those that reports list. Their files are in the repository.</summary>
public sealed record TestContent(TestCounts Counts) : Content
{
    public static readonly Facts<TestContent> Facts = new Facts<TestContent>("What the result files hold.", new(default(TestCounts)))
        .Include(TestCounts.Facts, tests => tests.Counts, (tests, counts) => tests with { Counts = counts })
        .Ratio("pass_rate", "Passed cases among those that ran; missing if none ran.", tests => tests.Counts.PassRate).TellsErrors()
        .List(
            "failures",
            "The first 4,000 failed cases and errors; past 200 without `details` and with a message of 300 characters at most.",
            TestCase.Facts,
            tests => tests.Failures,
            (tests, cases) => tests with { Failures = cases }).TellsErrors()
        .List("slowest", "The 20 slowest cases.", TestCase.Facts, tests => tests.Slowest, (tests, cases) => tests with { Slowest = cases })
        .List("flaky_tests", "The first 200 flaky cases.", TestCase.Facts, tests => tests.Flaky, (tests, cases) =>
        tests with { Flaky = cases })
        .List("skipped_tests", "The first 200 skipped cases.", TestCase.Facts, tests => tests.Skipped, (tests, cases) =>
        tests with { Skipped = cases })
        .Map(
            "by_suite",
            "Figures by class or suite, those with failures first, 500 at most.",
            TestCounts.Facts,
            tests => tests.Suites,
            (tests, suites) => tests with { Suites = suites });

    /// <summary>Failed cases and errors.</summary>
    public IReadOnlyList<TestCase> Failures { get; init; } = [];

    public IReadOnlyList<TestCase> Slowest { get; init; } = [];

    public IReadOnlyList<TestCase> Flaky { get; init; } = [];

    public IReadOnlyList<TestCase> Skipped { get; init; } = [];

    public IReadOnlyList<(string Name, TestCounts Counts)> Suites { get; init; } = [];

    public override Content WithTexts(Func<string, string> change) => this with
    {
        Failures = [.. Failures.Select(test => test.WithTexts(change))],
        Slowest = [.. Slowest.Select(test => test.WithTexts(change))],
        Flaky = [.. Flaky.Select(test => test.WithTexts(change))],
        Skipped = [.. Skipped.Select(test => test.WithTexts(change))],
        Suites = [.. Suites.Select(suite => (change(suite.Name), suite.Counts))],
    };
}
