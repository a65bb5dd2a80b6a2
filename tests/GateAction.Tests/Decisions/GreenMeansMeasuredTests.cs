using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Tests.Documents;
using static GateAction.Tests.Decisions.Gates;

namespace GateAction.Tests.Decisions;

/// <summary>What other gates are green on, each without a measurement behind it, and what this one says.</summary>
internal sealed class GreenMeansMeasuredTests
{
    [Test]
    public void Keptn_is_green_without_objectives()
    {
        var verdict = Gate().Decide(("backend", Answer(200)));

        Assert.That(verdict.State, Is.EqualTo(VerdictState.Inconclusive));
        Assert.That(verdict.Score, Is.Null);
        Assert.That(verdict.Notes, Is.EqualTo(new[] { "the gate decides nothing: it has no criteria" }));
    }

    [Test]
    public void Keptn_is_green_on_a_comparison_with_no_earlier_run() =>
        Blocks(Gate(Criterion("up", "backend.status == 200"),
        Criterion("fast", "backend.latency.p95 <= baseline.backend.latency.p95 * 1.10")), ("backend", Answer(200)));

    [Test]
    public void Keptn_is_green_on_informational_objectives_only() =>
    Blocks(Gate(Criterion("up", "backend.status == 200", required: false)), ("backend", Answer(200)));

    [Test]
    public void Argo_is_green_where_all_measurements_errored() =>
        Blocks(Gate(Criterion("up", "backend.status == 200"), Criterion("memory", "memory.value < 5")),
        ("backend", Without(Outcome.Unknown)), ("memory", Without(Outcome.Unknown)));

    [Test]
    public void Kayenta_is_green_on_a_group_without_data()
    {
        var gate = Gate(Criterion("up", "backend.status == 200", group: "a"), Criterion("memory", "memory.value < 5", group: "b"));

        var verdict = Blocks(gate, ("backend", Answer(200)), ("memory", Without(Outcome.Unknown, "the query gave no series")));

        Assert.That(verdict.Groups.Single(group => group.Id == "b").Score, Is.Zero);
    }

    [Test]
    public void K6_is_green_on_a_threshold_without_a_sample() =>
    Blocks(Gate(Criterion("fast", "backend.latency.p95 < 500ms")), ("backend", SampleEvidence.Measured("http")));

    [Test]
    public void Gatus_is_green_on_a_field_that_is_not_there() =>
        Blocks(Gate(Criterion("few", "backend.json.missing < 10")), ("backend", SampleEvidence.Measured("http", ("json", Value.Map()))));

    [Test]
    public void Gatus_is_green_where_a_ratio_is_compared_as_an_integer() =>
        Blocks(Gate(Criterion("ratio", "backend.json.ratio >= 0.95")),
        ("backend", SampleEvidence.Measured("http", ("json", Value.Map(("ratio", Value.Double(0.10)))))));

    [Test]
    public void A_field_that_was_not_kept_does_not_read_as_one_that_is_not_there()
    {
        var kept = SampleEvidence.Measured("http", ("json", Value.Map(("status", Value.String("ok")))))
            with
        { KeptFor = ["backend.json.status == 'ok'"] };
        var gate = Gate(Criterion("up", "backend.json.status == 'ok'"), Criterion("no-error", "!has(backend.json.error)"));

        var verdict = Blocks(gate, ("backend", kept));

        Assert.That(verdict.Criteria.Select(criterion => criterion.State),
            Is.EqualTo(new[] { CriterionState.Passed, CriterionState.Inconclusive }));
        Assert.That(verdict.Criteria[1].Reason, Does.StartWith("of the answer to 'backend' only what other conditions read was kept"));
    }

    [Test]
    public void Nor_does_one_that_was_not_kept_of_the_baseline()
    {
        var kept = SampleEvidence.Of(("backend",
            SampleEvidence.Measured("http", ("json", Value.Map(("status", Value.String("ok")))))
            with
            { KeptFor = ["backend.json.status == 'ok'"] }));
        var gate = Gate(Criterion("no-error-before", "backend.status == 200 && !has(baseline.backend.json.error)"));

        var verdict = Decision.Decide(gate, SampleEvidence.Of(("backend", Answer(200))), kept, Now);

        Assert.That(verdict.Criteria[0].State, Is.EqualTo(CriterionState.Inconclusive));
    }

    [Test]
    public void Gatus_is_green_on_a_misspelt_placeholder() =>
    Blocks(Gate(Criterion("up", "backend.sttaus == 200")), ("backend", Answer(200)));

    [Test]
    public void Hurl_shows_a_pass_on_the_third_try_like_any_other()
    {
        var verdict = (Gate(Criterion("up", "backend.status == 200"))
            with
        { WarnScore = 0 }).Decide(("backend", Answer(200) with { Caveat = "answered on attempt 3 of 3" }));

        Assert.That((verdict.State, verdict.Criteria[0].State, verdict.Score),
            Is.EqualTo((VerdictState.Warned, CriterionState.Degraded, 0.5)));
        Assert.That(verdict.Criteria[0].Reason, Is.EqualTo("backend: answered on attempt 3 of 3"));
    }

    [Test]
    public void Step_CI_is_green_on_a_value_outside_of_both_bounds() =>
        Blocks(Gate(Criterion("ratio", "backend.json.ratio >= 0.1 && backend.json.ratio <= 0.2")),
        ("backend", SampleEvidence.Measured("http", ("json", Value.Map(("ratio", Value.Double(0.42)))))));

    [Test]
    public void Test_reporters_are_green_on_an_empty_or_cut_file()
    {
        var cut = SampleEvidence.Measured("results", ("failed", Value.Int(0)), ("passed", Value.Int(211)))
            with
        { Outcome = Outcome.Unclean, Reason = "'unit.xml' ends in the middle" };

        var verdict = Blocks(Gate(Criterion("green", "unit.failed == 0 && unit.passed >= 200")), ("unit", cut));

        Assert.That(verdict.Criteria[0].Reason, Is.EqualTo("unit: 'unit.xml' ends in the middle"));
    }

    [Test]
    public void A_condition_that_is_no_truth_value_does_not_pass() =>
    Blocks(Gate(Criterion("up", "backend.status")), ("backend", Answer(200)));

    [Test]
    public void NaN_satisfies_no_limit_in_either_direction()
    {
        var nan = SampleEvidence.Measured("prometheus", ("value", Value.Double(double.NaN)));

        Blocks(Gate(Criterion("low", "memory.value < 5")), ("memory", nan));
        Blocks(Gate(Criterion("high", "memory.value > 5")), ("memory", nan));
    }

    [Test]
    public void A_gate_whose_criteria_are_all_waived_or_skipped_decides_nothing()
    {
        var gate = Gate(Criterion("up", "backend.status == 200"),
            Criterion("scoped", "backend.status == 200") with { When = new(["push"], [], []) })
            with
        { Waivers = [Waiver("up", "2026-03-31")] };

        var verdict = Blocks(gate, ("backend", Answer(500)));

        Assert.That(verdict.Notes[0], Does.StartWith("the gate decides nothing"));
        Assert.That(verdict.Score, Is.Null);
    }

    [TestCase("true")]
    [TestCase("github.event == 'pull_request'")]
    [TestCase("true || backend.status == 200")]
    public void A_gate_that_holds_without_looking_decides_nothing(string condition)
    {
        var verdict = Blocks(Gate(Criterion("up", condition)), ("backend", Answer(200)));

        Assert.That(verdict.Notes[0], Does.StartWith("the gate decides nothing: its required criteria hold without any measurement"));
    }

    private static Verdict Blocks(Gate gate, params (string, Measurement)[] measurements)
    {
        var verdict = Decision.Decide(gate with { PassScore = 0, WarnScore = 0 }, SampleEvidence.Of(measurements), null, Now);

        Assert.That(verdict.State, Is.EqualTo(VerdictState.Failed).Or.EqualTo(VerdictState.Inconclusive));
        return verdict;
    }
}
