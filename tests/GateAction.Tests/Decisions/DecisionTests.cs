using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Tests.Documents;
using static GateAction.Tests.Decisions.Gates;

namespace GateAction.Tests.Decisions;

/// <summary>The verdict's table, row by row.</summary>
internal sealed class DecisionTests
{
    [Test]
    public void All_met_passes_with_a_full_score()
    {
        var verdict = Gate(Criterion("up", "backend.status == 200"), Criterion("fast", "backend.latency.p95 < 500ms"))
            .Decide(("backend", Answer(200)));

        Assert.That((verdict.State, verdict.Score, verdict.Measured), Is.EqualTo((VerdictState.Passed, 1.0, 1.0)));
        Assert.That(verdict.Notes, Is.Empty);
    }

    [Test]
    public void A_required_criterion_that_fails_beats_any_score()
    {
        var verdict = Gate(Criterion("up", "backend.status == 200", weight: 1000),
            Criterion("fast", "backend.latency.p95 < 1ms", weight: 0.001)).Decide(("backend", Answer(200)));

        Assert.That(verdict.State, Is.EqualTo(VerdictState.Failed));
        Assert.That(verdict.Score, Is.GreaterThan(0.99));
    }

    [Test]
    public void Warn_makes_it_degraded_and_earns_half()
    {
        var gate = Gate(Criterion("up", "backend.status == 200"),
            Criterion("fast", "backend.latency.p95 < 500ms", "backend.latency.p95 < 2s"));

        var verdict = gate.Decide(("backend", Answer(200, seconds: 0.812)));

        Assert.That((verdict.State, verdict.Score), Is.EqualTo((VerdictState.Warned, 0.75)));
        Assert.That(verdict.State("fast"), Is.EqualTo(CriterionState.Degraded));
        Assert.That(verdict.Criteria[1].Condition, Is.EqualTo("backend.latency.p95 < 2s"));
    }

    [Test]
    public void An_advisory_failure_warns_and_costs_score()
    {
        var gate = Gate(Criterion("up", "backend.status == 200", weight: 9),
            Criterion("fast", "backend.latency.p95 < 1ms", required: false));

        var verdict = gate.Decide(("backend", Answer(200)));

        Assert.That((verdict.State, verdict.Score), Is.EqualTo((VerdictState.Warned, 0.9)));
    }

    [Test]
    public void A_score_between_warn_and_pass_warns_and_below_warn_fails()
    {
        Criterion[] criteria = [Criterion("up", "backend.status == 200"), Criterion("fast", "backend.latency.p95 < 1ms", required: false)];
        var gate = Gate(criteria);

        Assert.That((gate with { WarnScore = 0.5 }).Decide(("backend", Answer(200))).State, Is.EqualTo(VerdictState.Warned));
        var failed = (gate with { WarnScore = 0.51 }).Decide(("backend", Answer(200)));
        Assert.That(failed.State, Is.EqualTo(VerdictState.Failed));
        Assert.That(failed.Notes, Is.EqualTo(new[] { "the score of 50% is below 51%" }));
    }

    [Test]
    public void What_cannot_be_measured_blocks_as_inconclusive()
    {
        var gate = Gate(Criterion("up", "backend.status == 200", weight: 9), Criterion("clean", "logs.total == 0"));

        var verdict = gate.Decide(("backend", Answer(200)), ("logs", Without(Outcome.Unknown, "no permission")));

        Assert.That((verdict.State, verdict.Score, verdict.Measured), Is.EqualTo((VerdictState.Inconclusive, 0.9, 0.9)));
        Assert.That(verdict.Criteria[1].Reason, Is.EqualTo("logs: no permission"));
    }

    [Test]
    public void On_inconclusive_warn_lets_it_through_as_long_as_something_was_measured()
    {
        var gate = Gate(Criterion("up", "backend.status == 200", weight: 9), Criterion("clean", "logs.total == 0"))
            with
        { InconclusiveWarns = true };

        Assert.That(gate.Decide(("backend", Answer(200)), ("logs", Without(Outcome.Unknown))).State, Is.EqualTo(VerdictState.Warned));
        Assert.That(gate.Decide(("backend", Without(Outcome.Unknown)), ("logs", Without(Outcome.Unknown))).State,
            Is.Not.EqualTo(VerdictState.Warned));
    }

    [Test]
    public void An_inconclusive_criterion_that_pulls_the_score_down_does_not_make_it_a_failure()
    {
        var verdict = Gate(Criterion("up", "backend.status == 200"), Criterion("clean", "logs.total == 0"))
            .Decide(("backend", Answer(200)), ("logs", Without(Outcome.Unknown)));

        Assert.That((verdict.State, verdict.Score), Is.EqualTo((VerdictState.Inconclusive, 0.5)));
    }

    [Test]
    public void A_target_that_cannot_be_reached_fails()
    {
        var verdict = Gate(Criterion("up", "backend.status == 200")).Decide(("backend", Without(Outcome.Unreachable)));

        Assert.That(verdict.State, Is.EqualTo(VerdictState.Failed));
        Assert.That(verdict.Criteria[0].Reason, Is.EqualTo("backend: connection refused"));
    }

    [Test]
    public void A_probe_without_any_measurement_is_inconclusive()
    {
        var verdict = Gate(Criterion("up", "backend.status == 200")).Decide();

        Assert.That(verdict.State("up"), Is.EqualTo(CriterionState.Inconclusive));
        Assert.That(verdict.Criteria[0].Reason, Does.Contain("'backend' was not measured in this run"));
    }

    [Test]
    public void An_answer_after_a_retry_is_at_best_degraded_unless_the_gate_tolerates_it()
    {
        var gate = Gate(Criterion("up", "backend.status == 200"));
        var retried = Answer(200) with { Caveat = "answered on attempt 2 of 3" };

        Assert.That((gate with { WarnScore = 0.5 }).Decide(("backend", retried)).State, Is.EqualTo(VerdictState.Warned));
        Assert.That((gate with { TolerateFlaky = new HashSet<string> { "backend" } }).Decide(("backend", retried)).State,
            Is.EqualTo(VerdictState.Passed));
    }

    [Test]
    public void Groups_weigh_in_the_total_and_criteria_in_their_group()
    {
        var gate = Gate(
            Criterion("a", "backend.status == 200", group: "big", weight: 3),
            Criterion("b", "backend.status == 500", group: "big", weight: 1, required: false),
            Criterion("c", "backend.status == 500", group: "small", required: false)) with
        { Groups = [new("big", "Big", 80), new("small", "Small", 20), new("empty", "Empty", 100)] };

        var verdict = gate.Decide(("backend", Answer(200)));

        Assert.That(verdict.Score, Is.EqualTo(0.6).Within(1e-12));
        Assert.That(verdict.Groups.Select(group => (group.Id, group.Score)),
            Is.EqualTo(new (string, double?)[] { ("big", 0.75), ("small", 0) }));
    }

    [Test]
    public void Nine_of_ten_is_ninety_percent()
    {
        var criteria = Enumerable.Range(0, 10)
            .Select(index => Criterion($"c{index}", index == 0 ? "backend.status == 500" : "backend.status == 200", required: index != 0,
            weight: 0.1));

        var verdict = Gate([.. criteria]).Decide(("backend", Answer(200)));

        Assert.That(verdict.Score, Is.EqualTo(0.9).Within(1e-12));
        Assert.That(verdict.Notes, Is.Empty, "a sum of tenths is not exactly nine, and that is no reason to be below 90%");
    }

    [Test]
    public void Relative_criteria_read_the_baseline()
    {
        var gate = Gate(Criterion("fast", "backend.latency.p95 <= baseline.backend.latency.p95 * 1.10"));
        Verdict Against(double seconds) =>
            Decision.Decide(gate, SampleEvidence.Of(("backend", Answer(200, 0.5))), SampleEvidence.Of(("backend", Answer(200, seconds))),
            Now);

        Assert.That(Against(0.46).State, Is.EqualTo(VerdictState.Passed));
        Assert.That(Against(0.45).State, Is.EqualTo(VerdictState.Failed));
        Assert.That(Against(0.25).Probes[0].Figures.Single(figure => figure.Name == "p95").Change, Is.EqualTo(1.0).Within(1e-9));
    }

    [Test]
    public void A_baseline_that_could_not_be_reached_is_none()
    {
        var gate = Gate(Criterion("fast", "backend.latency.p95 <= baseline.backend.latency.p95"));
        var baseline = SampleEvidence.Of(("backend", Answer(200, 9) with { Outcome = Outcome.Unreachable, Reason = "gone" }));

        var verdict = Decision.Decide(gate, SampleEvidence.Of(("backend", Answer(200))), baseline, Now);

        Assert.That(verdict.State, Is.EqualTo(VerdictState.Inconclusive));
    }

    [Test]
    public void Without_a_baseline_an_optional_comparison_is_skipped_and_shown()
    {
        var gate = Gate(Criterion("up", "backend.status == 200"),
            Criterion("fast", "backend.latency.p95 <= baseline.backend.latency.p95") with { BaselineOptional = true });

        var verdict = gate.Decide(("backend", Answer(200)));

        Assert.That((verdict.State, verdict.Score, verdict.State("fast")), Is.EqualTo((VerdictState.Passed, 1.0, CriterionState.Skipped)));
        Assert.That(verdict.Criteria[1].Reason, Does.StartWith("there is no baseline yet"));
    }

    [TestCase("pull_request", "main", "src/a.cs", CriterionState.Passed)]
    [TestCase("push", "main", "src/a.cs", CriterionState.Skipped)]
    [TestCase("pull_request", "next", "src/a.cs", CriterionState.Skipped)]
    [TestCase("pull_request", "main", "docs/a.md", CriterionState.Skipped)]
    [TestCase("pull_request", "main", null, CriterionState.Passed)]
    [TestCase("pull_request", null, "src/a.cs", CriterionState.Passed)]
    [TestCase(null, "main", "src/a.cs", CriterionState.Passed)]
    public void A_criterion_applies_where_it_says_and_where_that_is_not_known(string? on, string? baseRef, string? changed,
    CriterionState expected)
    {
        var when = new When(["pull_request"], ["src/**"], ["main", "release/*"]);
        var gate = Gate(Criterion("up", "backend.status == 200"), Criterion("scoped", "backend.status == 200") with { When = when });
        (string, string?)[] github = [("event", on), ("base_ref", baseRef)];
        var evidence = SampleEvidence.Of(("backend", Answer(200))) with
        {
            GitHub = Value.Map(github.Where(fact => fact.Item2 is not null).Select(fact => (fact.Item1, Value.String(fact.Item2!)))),
            Changed = changed is null ? null : [changed],
        };

        Assert.That(Decision.Decide(gate, evidence, null, Now).State("scoped"), Is.EqualTo(expected));
    }

    [Test]
    public void Conditions_read_the_clock_and_the_event()
    {
        var gate = Gate(Criterion("a",
            "now == timestamp('2026-03-01T12:00:00Z') && github.event == 'pull_request' && backend.status == 200"));

        Assert.That(gate.Decide(("backend", Answer(200))).State, Is.EqualTo(VerdictState.Passed));
    }

    [Test]
    public void A_warn_that_could_not_be_measured_is_no_pass()
    {
        var gate = Gate(Criterion("fast", "backend.latency.p95 < 1ms", "logs.total == 0"));

        Assert.That(gate.Decide(("backend", Answer(200)), ("logs", Without(Outcome.Unknown))).State, Is.EqualTo(VerdictState.Inconclusive));
    }

    [Test]
    public void A_missing_baseline_in_the_warn_band_does_not_take_a_failure_out()
    {
        var gate = Gate(
            Criterion("up", "backend.status == 200"),
            Criterion("fast", "backend.latency.p95 < 1ms", "backend.latency.p95 <= baseline.backend.latency.p95")
            with
            { BaselineOptional = true });

        Assert.That(gate.Decide(("backend", Answer(200))).State, Is.EqualTo(VerdictState.Failed));
    }
}
