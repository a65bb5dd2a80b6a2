using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Tests.Documents;

namespace GateAction.Tests.Decisions;

/// <summary>What a condition's value means, by what the sources it rests on came to.</summary>
internal sealed class FindingTests
{
    [TestCase("true", Outcome.Measured, CriterionState.Passed)]
    [TestCase("true", Outcome.Unreachable, CriterionState.Failed)]
    [TestCase("true", Outcome.Unclean, CriterionState.Inconclusive)]
    [TestCase("true", Outcome.Unknown, CriterionState.Inconclusive)]
    [TestCase("false", Outcome.Measured, CriterionState.Failed)]
    [TestCase("false", Outcome.Unreachable, CriterionState.Failed)]
    [TestCase("false", Outcome.Unclean, CriterionState.Failed)]
    [TestCase("false", Outcome.Unknown, CriterionState.Failed)]
    [TestCase("error", Outcome.Measured, CriterionState.Inconclusive)]
    [TestCase("error", Outcome.Unreachable, CriterionState.Failed)]
    [TestCase("error", Outcome.Unclean, CriterionState.Inconclusive)]
    [TestCase("error", Outcome.Unknown, CriterionState.Inconclusive)]
    [TestCase("number", Outcome.Measured, CriterionState.Inconclusive)]
    public void A_value_is_worth_what_its_source_is_worth(string value, Outcome outcome, CriterionState expected)
    {
        var finding = Find(ValueOf(value), ["backend"], ContextOf(("backend", Measure(outcome))));

        Assert.That(finding.State, Is.EqualTo(expected));
    }

    [TestCase("!(a.none / a.none > 0.05)", CriterionState.Inconclusive)]
    [TestCase("a.none / a.none != 1.0", CriterionState.Inconclusive)]
    [TestCase("!(a.span / a.span >= 1.0)", CriterionState.Inconclusive)]
    [TestCase("!(double(a.text) < 5.0)", CriterionState.Inconclusive)]
    [TestCase("!(math.sqrt(-1.0 - a.none) > 1.0)", CriterionState.Inconclusive)]
    [TestCase("[1].all(x, !(a.none / a.none > 0.05))", CriterionState.Inconclusive)]
    [TestCase("a.none / a.none > 0.05 ? a.none > 1.0 : a.none == 0.0", CriterionState.Inconclusive)]
    [TestCase("a.none == 0.0 && !(a.none / a.none > 0.05)", CriterionState.Inconclusive)]
    [TestCase("!(a.none / a.none > 0.05) || a.none > 1.0", CriterionState.Inconclusive)]
    [TestCase("math.greatest([1.0, a.none / a.none]) < 2.0", CriterionState.Inconclusive)]
    [TestCase("math.least(a.none / a.none, 1.0) < 2.0", CriterionState.Inconclusive)]
    [TestCase("a.none / a.none < 0.05", CriterionState.Failed)]
    [TestCase("ratio(a.none, a.none) < 0.05", CriterionState.Inconclusive)]
    [TestCase("math.isNaN(a.none / a.none)", CriterionState.Passed)]
    [TestCase("math.isNaN(a.none / a.none) || a.none / a.none < 0.05", CriterionState.Passed)]
    [TestCase("a.none / a.none < 0.05 || a.none == 0.0", CriterionState.Passed)]
    [TestCase("!(a.none / 2.0 > 0.05)", CriterionState.Passed)]
    [TestCase("1.0 / a.none > 100.0", CriterionState.Passed)]
    public void Nothing_holds_because_nothing_was_divided_by_nothing(string condition, CriterionState state)
    {
        var measured = Measure(Outcome.Measured) with
        {
            Facts = Value.Map([("none", Value.Double(0)), ("text", Value.String("NaN")), ("span", Value.Duration(TimeSpan.Zero))]),
        };

        Assert.That(Gates.Gate(Gates.Criterion("it", condition)).Decide(("a", measured)).State("it"), Is.EqualTo(state));
    }

    [Test]
    public void A_source_outside_the_support_changes_nothing()
    {
        var context = ContextOf(("backend", Measure(Outcome.Measured)), ("logs", Measure(Outcome.Unknown)));

        var finding = Find(Value.True, ["backend"], context, roots: ["backend", "logs"]);

        Assert.That(finding.State, Is.EqualTo(CriterionState.Passed));
    }

    [Test]
    public void A_name_without_any_measurement_is_inconclusive_even_outside_the_support()
    {
        var finding = Find(Value.True, ["backend"], ContextOf(("backend", Measure(Outcome.Measured))),
            roots: ["backend", "shard_two"]);

        Assert.That(finding.State, Is.EqualTo(CriterionState.Inconclusive));
        Assert.That(finding.Reason, Does.Contain("'shard_two' was not measured"));
    }

    [Test]
    public void A_failure_that_was_measured_stays_one_beside_a_name_without_measurement()
    {
        var finding = Find(Value.False, ["backend"], ContextOf(("backend", Measure(Outcome.Measured))),
            roots: ["backend", "shard_two"]);

        Assert.That(finding.State, Is.EqualTo(CriterionState.Failed));
    }

    [Test]
    public void A_caveat_degrades_what_holds()
    {
        var finding = Find(Value.True, ["backend"],
            ContextOf(("backend", Measure(Outcome.Measured) with { Caveat = "answered on attempt 2 of 3" })));

        Assert.That(finding, Is.EqualTo(new Finding(CriterionState.Degraded, "backend: answered on attempt 2 of 3", "backend")));
    }

    [Test]
    public void A_caveat_of_a_source_that_tolerates_flaky_does_not_degrade()
    {
        var measurement = Measure(Outcome.Measured) with { Caveat = "answered on attempt 2 of 3" };
        var context = ContextOf(("backend", measurement)) with { TolerateFlaky = new HashSet<string> { "backend" } };

        Assert.That(Find(Value.True, ["backend"], context).State, Is.EqualTo(CriterionState.Passed));
    }

    [Test]
    public void The_unreachable_target_is_named_with_its_reason()
    {
        var context = ContextOf(("backend", Measure(Outcome.Unreachable) with { Reason = "connection refused" }));

        Assert.That(Find(Value.Error("no such key"), ["backend"], context).Reason, Is.EqualTo("backend: connection refused"));
    }

    [Test]
    public void Without_a_baseline_what_rests_on_it_is_inconclusive()
    {
        var context = ContextOf(("backend", Measure(Outcome.Measured))) with { Baseline = null };

        var finding = Find(Value.True, ["backend", "baseline"], context);

        Assert.That(finding.State, Is.EqualTo(CriterionState.Inconclusive));
        Assert.That(finding.Reason, Does.StartWith("there is no baseline yet"));
    }

    [TestCase("true")]
    [TestCase("false")]
    [TestCase("error")]
    public void Without_a_baseline_what_may_do_without_is_skipped(string value)
    {
        var context = ContextOf(("backend", Measure(Outcome.Measured))) with { Baseline = null };

        Assert.That(Find(ValueOf(value), ["backend", "baseline"], context, baselineOptional: true).State,
            Is.EqualTo(CriterionState.Skipped));
    }

    [Test]
    public void A_failure_that_does_not_rest_on_the_baseline_is_not_skipped_without_one()
    {
        var context = ContextOf(("backend", Measure(Outcome.Measured))) with { Baseline = null };

        var finding = Find(Value.False, ["backend"], context, roots: ["backend", "baseline"], baselineOptional: true);

        Assert.That(finding.State, Is.EqualTo(CriterionState.Failed));
    }

    [Test]
    public void A_new_probe_that_the_baseline_does_not_know_yet_is_skipped_where_the_baseline_is_optional()
    {
        var context = ContextOf(("backend", Measure(Outcome.Measured)));

        var finding = Find(Value.Error("no such key: backend"), ["baseline"], context, roots: ["backend", "baseline"],
            baselineOptional: true);

        Assert.That((finding.State, finding.Reason), Is.EqualTo((CriterionState.Skipped, "the baseline has no measurement of 'backend'")));
    }

    [Test]
    public void An_unreachable_target_fails_also_where_there_is_no_baseline()
    {
        var context = ContextOf(("backend", Measure(Outcome.Unreachable))) with { Baseline = null };

        Assert.That(Find(Value.Error("x"), ["backend", "baseline"], context, baselineOptional: true).State,
            Is.EqualTo(CriterionState.Failed));
    }

    [TestCase("size(unit.new_failures) == 0", true, CriterionState.Skipped,
        "there is no baseline yet: no earlier run of the base branch left its evidence")]
    [TestCase("size(unit.new_failures) == 0", false, CriterionState.Inconclusive,
        "there is no baseline yet: no earlier run of the base branch left its evidence")]
    [TestCase("unit.failed == 0 && size(unit.vanished) == 0 && size(unit.newly_skipped) == 0", true, CriterionState.Skipped,
        "there is no baseline yet: no earlier run of the base branch left its evidence")]
    [TestCase("unit.new_failures.all(test, test.file == 'a')", true, CriterionState.Skipped,
        "there is no baseline yet: no earlier run of the base branch left its evidence")]
    [TestCase("unit.failed == 1 && size(unit.vanished) == 0", true, CriterionState.Failed, null)]
    [TestCase("unit.failed == 0 || size(unit.vanished) == 0", true, CriterionState.Passed, null)]
    public void A_fact_that_comes_of_the_baseline_is_one_that_reads_it(string condition, bool optional, CriterionState expected,
    string? reason)
    {
        var unit = Measure(Outcome.Measured)
            with
        {
            Kind = "results",
            Facts = Value.Map(("failed", Value.Int(0))),
            AwaitsBaseline = ["new_failures", "vanished", "newly_skipped"]
        };
        var verdict = Decide(condition, optional, unit);

        Assert.That((verdict.State, verdict.Reason), Is.EqualTo((expected, reason)));
    }

    [Test]
    public void Any_other_missing_fact_stays_inconclusive_with_an_optional_baseline()
    {
        var unit = Measure(Outcome.Measured)
            with
        { Kind = "results", Facts = Value.Map(("failed", Value.Int(0))), AwaitsBaseline = ["vanished"] };

        Assert.That(Decide("unit.peak_memory < 1GiB", true, unit).State, Is.EqualTo(CriterionState.Inconclusive));
    }

    [Test]
    public void Results_that_are_not_clean_are_not_skipped_for_want_of_a_baseline()
    {
        var unit = Measure(Outcome.Unclean)
            with
        {
            Kind = "results",
            Reason = "not clean: cut off",
            Facts = Value.Map(("failed", Value.Int(0))),
            AwaitsBaseline = ["vanished"]
        };

        Assert.That(Decide("size(unit.vanished) == 0", true, unit).State, Is.EqualTo(CriterionState.Inconclusive));
    }

    [Test]
    public void Where_the_baseline_has_the_set_the_measuring_job_lacked_it_and_that_is_no_reason_to_skip()
    {
        var unit = Measure(Outcome.Measured)
            with
        { Kind = "results", Facts = Value.Map(("failed", Value.Int(0))), AwaitsBaseline = ["vanished"] };

        Assert.That(Decide("size(unit.vanished) == 0", true, unit, SampleEvidence.Of(("unit", unit))).State,
            Is.EqualTo(CriterionState.Inconclusive));
        Assert.That(Decide("size(unit.vanished) == 0", true, unit, SampleEvidence.Of(("other", unit))),
            Has.Property("State").EqualTo(CriterionState.Skipped).And.Property("Reason")
            .EqualTo("the baseline has no measurement of 'unit'"));
    }

    private static CriterionVerdict Decide(string condition, bool optional, Measurement unit, Evidence? baseline = null) =>
        Decision.Decide(Gates.Gate(Gates.Criterion("c", condition) with { BaselineOptional = optional }), SampleEvidence.Of(("unit", unit)),
        baseline, Gates.Now).Criteria.Single();

    private static Finding Find(Value value, string[] support, EvaluationContext context, string[]? roots = null,
        bool baselineOptional = false) =>
        Finding.Of(new Evaluation(value, support, []), roots ?? support, [], context, baselineOptional);

    private static Value ValueOf(string value) => value switch
    {
        "true" => Value.True,
        "false" => Value.False,
        "number" => Value.Int(1),
        _ => Value.Error("no such key: status"),
    };

    private static Measurement Measure(Outcome outcome) =>
        new("http", outcome, outcome == Outcome.Measured ? null : "a reason", Value.Map(), DateTimeOffset.UnixEpoch, TimeSpan.Zero);

    private static EvaluationContext ContextOf(params (string Name, Measurement Measurement)[] measurements) => new(
        new Scope(new Dictionary<string, Value>()),
        measurements.ToDictionary(entry => entry.Name, entry => entry.Measurement),
        new Dictionary<string, Measurement>(),
        new HashSet<string>());
}
