using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Tests.Decisions;
using GateAction.Tests.Documents;

namespace GateAction.Tests.Reports;

internal sealed class BaselineTrendTests
{
    private static readonly Gate Gate = Gates.Gate(
        Gates.Criterion("healthy", "backend.status == 200"),
        Gates.Criterion("fast", "backend.latency.p95 < 200ms", "backend.latency.p95 < 2s"));

    [Test]
    public void Score_and_latency_are_told_against_the_branch() =>
        Assert.That(Trend(Gate, Run(0.176), new([Run(0.2)], "main")), Is.EqualTo("score 75% → 100%, p95 of backend ▼ 12% against main"));

    [Test]
    public void A_worse_score_is_told_alike() =>
        Assert.That(Trend(Gate, Run(0.4), new([Run(0.1)], "main")), Is.EqualTo("score 100% → 75%, p95 of backend ▲ 300% against main"));

    [Test]
    public void A_small_difference_of_latency_is_not_worth_mentioning() =>
        Assert.That(Trend(Gate, Run(0.103), new([Run(0.1)])), Is.EqualTo("score unchanged at 100% against the baseline"));

    [Test]
    public void Of_several_runs_the_median_is_compared_and_flaky_tests_are_counted_once()
    {
        var baseline = new Baseline([Run(0.1, "a", "b"), Run(0.3, "b"), Run(0.3)], "main");

        Assert.That(Trend(Gate, Run(0.15, "c"), baseline),
            Is.EqualTo("score 75% → 100%, p95 of backend ▼ 50% against the median of 3 runs on main, 3 flaky tests in 4 runs"));
    }

    [Test]
    public void A_criterion_over_the_baseline_does_not_spoil_the_earlier_score()
    {
        var gate = Gates.Gate(Gates.Criterion("healthy", "backend.status == 200"),
            Gates.Criterion("no-slower", "backend.latency.p95 <= baseline.backend.latency.p95 * 1.1"));

        Assert.That(Trend(gate, Run(0.3), new([Run(0.1)], "main")), Does.StartWith("score 100% → 50%"));
    }

    [Test]
    public void A_score_that_rests_on_less_is_not_compared()
    {
        var gate = Gates.Gate(Gates.Criterion("healthy", "backend.status == 200"), Gates.Criterion("login-works", "login.status == 200"));
        var evidence = SampleEvidence.Of(("backend", Gates.Answer(200)), ("login", Gates.Answer(200)));

        Assert.That(Trend(gate, evidence, new([Run(0.2)], "main")), Is.EqualTo("p95 of backend ▼ 50% against main"));
    }

    [Test]
    public void A_waiver_counts_on_both_sides_however_old_the_baseline_is()
    {
        var gate = Gate with { Waivers = [Gates.Waiver("fast", "2026-05-20")] };
        var old = Run(3) with { StartedAt = Gates.Now.AddDays(-60) };

        Assert.That(Trend(gate, Run(3), new([old], "main")), Is.EqualTo("score unchanged at 100% against main"));
    }

    [Test]
    public void A_probe_that_was_not_reached_has_no_latency_to_compare()
    {
        var unreachable = SampleEvidence.Of(("backend", Gates.Answer(200, 10) with { Outcome = Outcome.Unreachable, Reason = "timeout" }));

        Assert.That(Trend(Gate, unreachable, new([Run(0.1)], "main")), Is.EqualTo("score 100% → 0% against main"));
    }

    [Test]
    public void Without_anything_in_common_there_is_no_line() =>
        Assert.That(Trend(Gate, Run(0.1), new([SampleEvidence.Of(("other", Gates.Answer(200)))], "main")), Is.Null);

    private static string? Trend(Gate gate, Evidence evidence, Baseline baseline) =>
        BaselineTrend.Of(
            Decision.Decide(gate, evidence, baseline.Evidence, Gates.Now),
            evidence,
            new(baseline.Runs, baseline.Evidence, baseline.Decide(gate), baseline.Branch));

    private static Evidence Run(double seconds, params string[] flaky) => SampleEvidence.Of(
        ("backend", Gates.Answer(200, seconds)),
        ("unit", SampleEvidence.Measured("results",
        ("flaky_tests", Value.List([.. flaky.Select(name => Value.Map(("name", Value.String(name))))])))));
}
