using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Markdown;
using GateAction.Tests.Cel;

namespace GateAction.Tests.Reports;

/// <summary>What a comment says in words: the headline, the next step that fits, one cause once, where all of it is.</summary>
internal sealed class CommentWordsTests
{
    private static readonly ProbeSummary Web = Source("web", "http");

    private static readonly CriterionVerdict Failed =
        SampleVerdicts.Criterion("a", "A", "", CriterionState.Failed, "web.json.x == 1: was 2") with { Reads = ["web"] };

    private static IEnumerable<TestCaseData> Steps =>
    [
        Step("a target that is down", Failed, Web with { Outcome = Outcome.Unreachable, Reason = "could not be reached" },
            "bring up what `web` asks and run the gate again"),
        Step("one failing test", Failed, Web with { FailingTests = 1 }, "make the failing test of `web` pass and push"),
        Step("failing tests", Failed, Web with { FailingTests = 1234 }, "make the 1,234 failing tests of `web` pass and push"),
        Step("counted lines", Failed with { Lines = ["panic"], LinesOf = ["web"] }, Web,
            "look at what `web` counts below, repair what causes it and push"),
        Step("a slow answer", Failed with { Explanation = [Latency] }, Web, "find out what takes `web` so long"),
        Step("coverage", Failed, Web with { Figures = [new("lines", 0.5, "50%") { Fact = "lines" }] },
            "test what `web` does not cover and push"),
        Step("anything else", Failed, Web, "repair it and push"),
        Step("what was not measured", Failed with { State = CriterionState.Inconclusive }, Web with { FailingTests = 2 },
            "make it measurable and run the gate again; what was not measured never counts as met"),
    ];

    private static Explanation Latency => new("web.latency.p95 < 500ms")
    {
        Actual = new("web.latency.p95", null, "812ms") { Name = "p95" },
        Operator = "<",
        Limit = new(null, Value.Duration(TimeSpan.FromMilliseconds(500)), "500ms", Unit.Duration),
    };

    [TestCaseSource(nameof(Steps))]
    public void The_next_step_fits_the_failure(CriterionVerdict criterion, ProbeSummary probe, string step) =>
        Assert.That(Render([criterion], [probe]), Does.Contain($"**Next:** {step}. "));

    /// <summary>No headline repeats the condition where a few words tell it.</summary>
    [TestCase("size(web.json.items) == 0", "web.json.items has 2 entries, needs 0")]
    [TestCase("web.json.items.size() <= 0", "web.json.items has 2 entries, needs <= 0")]
    [TestCase("size( web.one ) == 0", "web.one has 1 entry, needs 0")]
    [TestCase("size((web.one + web.two)) == 0", "web.one + web.two has 3 entries, needs 0")]
    [TestCase("0 == size(web.one)", "web.one has 1 entry, needs 0")]
    [TestCase("size(web.one) + size(web.two) == 0", "size(web.one) + size(web.two) was 3, needs 0")]
    [TestCase("web.a - web.b != 0", "web.a - web.b was 3, needs anything but 0")]
    public void The_headline_says_what_was_found_and_what_is_needed(string condition, string words)
    {
        const string Facts = """{"json":{"items":[1,2]},"one":[1],"two":[1,2],"a":5,"b":2}""";
        var criterion = Failed with { Explanation = CelTesting.Evaluate(condition, new() { ["web"] = Facts }).Explanation };

        Assert.That(Headline.Of(VerdictOf([criterion], [Web])), Is.EqualTo($"Blocked: A ({words})"));
    }

    [TestCase("==", "A: GET /orders: response 200, 'currency' was removed, and 1 more")]
    [TestCase(">=", "A (web.breaking has 2 entries, needs >= 0)")]
    public void The_headline_names_what_is_counted_where_there_is_too_much_of_it(string comparison, string words)
    {
        var criterion = Failed with
        {
            Explanation = CelTesting.Evaluate($"size(web.breaking) {comparison} 0", new() { ["web"] = """{"breaking":["x","y"]}""" })
                .Explanation,
            Lines = ["GET /orders: response 200, 'currency' was removed", "GET /legacy: the operation was removed"],
            LinesOf = ["web"],
        };

        Assert.That(Headline.Of(VerdictOf([criterion], [Web])), Is.EqualTo($"Blocked: {words}"));
    }

    [Test]
    public void One_cause_is_one_block_with_all_its_criteria()
    {
        const string Reason = "could not be reached: connection refused (staging.example.com:443)";
        var criteria = Enumerable.Range(1, 30).Select(index => Failed with
        {
            Id = $"c{index}",
            Title = $"C{index}",
            Explanation = [],
            Reason = $"web: {Reason}",
            ReasonOf = "web"
        });

        var comment = Render([.. criteria], [Web with { Outcome = Outcome.Unreachable, Reason = Reason }]);

        Assert.That(comment, Does.StartWith($"### ❌ Blocked: 30 criteria: {Reason}\n"));
        Assert.That(comment.Split("connection refused"), Has.Length.EqualTo(4), "headline, block, and what was not measured");
        Assert.That(comment, Does.Contain("#### ❌ Failed, 30 criteria: ").And.Contain("C20 (`c20`) and 10 more"));
    }

    [Test]
    public void Criteria_that_compare_and_fail_each_by_its_own_value_are_no_one_cause() =>
        Assert.That(Cause.Of([Failed, Failed with { Id = "b" }], VerdictOf([], [Web])), Has.Count.EqualTo(2));

    [Test]
    public void Both_sides_of_a_comparison_are_one_line()
    {
        TimeSpan?[] samples = [.. Enumerable.Range(0, 30).Select(index => (TimeSpan?)TimeSpan.FromMilliseconds(40 + index))];
        var criterion = Failed with { Facts = [new("web", "latencies"), new("stable", "latencies")], Reads = ["web", "stable"] };

        var comment = Render([criterion],
            [Web with { Samples = samples }, Source("stable", "http") with { Samples = [.. samples.Select(sample => sample / 2)] }]);

        Assert.That(comment, Does.Match(@"- `web` [▁-█·]{16} p50 55ms, `stable` [▁-█·]{16} p50 27\.5ms \(from 20ms to 80ms\)\n"));
    }

    [TestCase("https://r.example.com/1", "https://github.com/a/b/actions/runs/1", "See the [full report](<https://r.example.com/1>).")]
    [TestCase(null, "https://github.com/a/b/actions/runs/1",
        "among the artifacts of [the run](<https://github.com/a/b/actions/runs/1>), if its workflow uploads the report folder.")]
    [TestCase(null, null, "`report.html` in the report folder has all of it.")]
    public void Nothing_is_promised_that_a_run_cannot_keep(string? report, string? run, string words)
    {
        var probe = Web with { FailingTests = 99, Details = [.. Enumerable.Range(1, 40).Select(index => $"test {index}")] };

        var comment = Comment.Render(VerdictOf([Failed], [probe]), new("1.0", RunUrl: run, ReportUrl: report));

        Assert.That(comment, Does.Contain(words));
        Assert.That(comment.Contains("full report", StringComparison.Ordinal), Is.EqualTo(report is not null));
    }

    private static TestCaseData Step(string name, CriterionVerdict criterion, ProbeSummary probe, string step) =>
        new TestCaseData(criterion, probe, step).SetArgDisplayNames(name);

    private static ProbeSummary Source(string name, string kind) =>
        new(name, kind, null, Outcome.Measured, null, null, TimeSpan.Zero, [], [], []);

    private static string Render(CriterionVerdict[] criteria, ProbeSummary[] probes) =>
        Comment.Render(VerdictOf(criteria, probes), SampleVerdicts.Context);

    private static Verdict VerdictOf(CriterionVerdict[] criteria, ProbeSummary[] probes) => SampleVerdicts.Failing with
    {
        Notes = [],
        Waivers = [],
        Criteria = criteria,
        Probes = probes,
        State = criteria.Any(criterion => criterion.State == CriterionState.Failed) ? VerdictState.Failed : VerdictState.Inconclusive,
    };

    [TestCase(CriterionState.Failed, false)]
    [TestCase(CriterionState.Inconclusive, true)]
    public void What_a_measured_source_does_not_have_is_told_only_where_it_was_missed(CriterionState state, bool isTold)
    {
        const string Reason = "'body' is withheld: 'mask' hides a part of it";
        var measured = SampleVerdicts.Failing.Probes.First(probe => probe is { Outcome: Outcome.Measured }) with { Reason = Reason };
        var failed = SampleVerdicts.Failing.Criteria.First(criterion => criterion is { State: CriterionState.Failed, Required: true });
        var criterion = failed with { State = state, Underlying = state, Reads = [measured.Name] };

        var comment = Comment.Render(SampleVerdicts.Failing with { Criteria = [criterion], Probes = [measured] }, SampleVerdicts.Context);

        Assert.That(comment.Contains("is withheld"), Is.EqualTo(isTold), comment);
    }
}
