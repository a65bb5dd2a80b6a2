using FsCheck;
using FsCheck.Fluent;
using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Tests.Documents;
using Outcome = GateAction.Core.Model.Outcome;

namespace GateAction.Tests.Decisions;

/// <summary>What holds of every gate over every evidence.</summary>
internal sealed class DecisionProperties
{
    private static readonly string[] Names = ["a", "b", "c"];

    private static readonly string[] Conditions =
    [
        "a.n < 2", "b.n < 2", "c.n >= 1", "a.n < 2 && b.n < 2", "a.n < 2 || b.n < 2", "a.n == b.n", "!(c.n > 1)", "a.missing == 1",
        "has(a.n)", "has(b.missing) || c.n < 3", "a.n", "a.n < baseline.a.n",
        "a.n < 2 ? b.n < 2 : c.n < 2", "[a.n, b.n].all(x, x < 3)", "a.n / b.n < 2", "now > timestamp('2020-01-01T00:00:00Z')", "true",
    ];

    private static readonly Gen<Measurement> Measurement =
        from n in Gen.Choose(0, 3)
        from outcome in Gen.Frequency((5, Gen.Constant(Outcome.Measured)), (1, Gen.Elements(Enum.GetValues<Outcome>())))
        from caveat in Gen.Frequency((4, Gen.Constant<string?>(null)), (1, Gen.Constant<string?>("answered on attempt 2 of 3")))
        select SampleEvidence.Measured("http", ("n", Value.Int(n)))
        with
        { Outcome = outcome, Caveat = caveat, Reason = outcome == Outcome.Measured ? null : "a reason" };

    private static readonly Gen<double> Weight =
        Gen.Frequency((8, Gen.Choose(0, 10).Select(weight => (double)weight)),
        (1, Gen.Elements(double.NaN, double.PositiveInfinity, -1, double.MaxValue, 1e-300)));

    private static readonly Gen<Criterion> Criterion =
        from pass in Gen.Elements(Conditions)
        from warn in Gen.Frequency((2, Gen.Constant<string?>(null)), (1, Gen.Elements<string?>(Conditions)))
        from required in Gen.Elements(true, true, false)
        from weight in Weight
        from @group in Gen.Elements("", "g", "h")
        from optional in Gen.Elements(true, false)
        select Gates.Criterion("x", pass, warn, required, weight, @group) with { BaselineOptional = optional };

    private static readonly Arbitrary<(Gate Gate, Evidence Evidence, Evidence? Baseline)> Cases =
        (from criteria in Criterion.ListOf()
         from weights in Gen.Two(Weight)
         from waived in Gen.Choose(-3, 3)
         from score in Gen.Elements(0, 0.5, 0.75, 0.9, 1)
         from warns in Gen.Elements(false, false, true)
         from measurements in Measurement.ListOf(3)
         from baseline in Gen.Elements(true, false)
         let named = criteria.Select((criterion, index) => criterion with { Id = $"c{index}" }).ToArray()
         let evidence = SampleEvidence.Of([.. Names.Zip(measurements)])
         select (
             new Gate("staging", score, score / 2, warns, 90, [new("g", "G", weights.Item1), new("h", "H", weights.Item2)], named,
             [Gates.Waiver($"c{waived}", "2026-03-31")], new HashSet<string> { "b" }),
             evidence,
             baseline ? evidence : null)).ToArbitrary();

    [Test]
    public void Score_and_measured_share_are_ratios() => Holds((gate, evidence, baseline) =>
    {
        var verdict = Decide(gate, evidence, baseline);

        Assert.That(verdict.Score ?? 0, Is.InRange(0.0, 1.0));
        Assert.That(verdict.Measured, Is.InRange(0.0, 1.0));
        Assert.That(verdict.Groups.Select(group => group.Score ?? 0), Is.All.InRange(0.0, 1.0));
    });

    [Test]
    public void What_is_green_was_measured() => Holds((gate, evidence, baseline) =>
    {
        var verdict = Decide(gate, evidence, baseline);

        if (IsGreen(verdict))
            Assert.That(verdict.Criteria,
                Has.Some.Matches<CriterionVerdict>(criterion =>
                criterion is { Required: true, State: CriterionState.Passed or CriterionState.Degraded }));
    });

    [Test]
    public void Nothing_measured_is_never_green() => Holds((gate, evidence, baseline) =>
    {
        var blind = Names.Aggregate(evidence, Blinded);

        Assert.That(IsGreen(Decide(gate, blind, baseline)), Is.False);
    });

    [Test]
    public void Losing_a_measurement_never_turns_a_gate_green() => Holds((gate, evidence, baseline) =>
    {
        // Without retries: of 'a || b', where 'a' took one, 'b' alone is worth more than both.
        var strict = gate with { InconclusiveWarns = false };
        var whole = evidence
            with
        {
            Measurements =
            evidence.Measurements.ToDictionary(entry => entry.Key, entry =>
            entry.Value with { Outcome = Outcome.Measured, Caveat = null })
        };
        var before = Decide(strict, whole, baseline);
        foreach (var name in Names)
        {
            var after = Decide(strict, Blinded(whole, name), baseline);

            Assert.That(!IsGreen(after) || IsGreen(before), Is.True, () => $"{name}: {before.State} became {after.State}");
            Assert.That(after.Criteria.Zip(before.Criteria)
                .All(pair => pair.First.State is not (CriterionState.Passed or CriterionState.Degraded)
                || pair.Second.State is CriterionState.Passed or CriterionState.Degraded), Is.True);
        }
    });

    [Test]
    public void A_failing_required_criterion_blocks_whatever_else_there_is() => Holds((gate, evidence, baseline) =>
    {
        var failing = Gates.Criterion("failing", "d.n == 0");
        var measurements = evidence.Measurements.Select(entry => (entry.Key, entry.Value))
            .Append(("d", SampleEvidence.Measured("http", ("n", Value.Int(1)))));

        var verdict = Decide(gate with { Criteria = [.. gate.Criteria, failing] }, SampleEvidence.Of([.. measurements]), baseline);

        Assert.That(verdict.State, Is.EqualTo(VerdictState.Failed));
    });

    [Test]
    public void The_same_evidence_is_always_decided_the_same_way() => Holds((gate, evidence, baseline) =>
    {
        var text = VerdictJsonTests.Write(Decide(Finite(gate), evidence, baseline));

        Assert.That(VerdictJsonTests.Write(Decide(Finite(gate), evidence, baseline)), Is.EqualTo(text));
    });

    private static void Holds(Action<Gate, Evidence, Evidence?> property) =>
        Prop.ForAll(Cases, sample => property(sample.Gate, sample.Evidence, sample.Baseline))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    private static Verdict Decide(Gate gate, Evidence evidence, Evidence? baseline) => Decision.Decide(gate, evidence, baseline, Gates.Now);

    private static bool IsGreen(Verdict verdict) => verdict.State is VerdictState.Passed or VerdictState.Warned;

    private static Evidence Blinded(Evidence evidence, string name) => evidence with
    {
        Measurements = evidence.Measurements.ToDictionary(entry => entry.Key, entry => entry.Key == name
            ? Gates.Without(Outcome.Unknown)
            : entry.Value),
    };

    private static Gate Finite(Gate gate) => gate with
    {
        Criteria = [.. gate.Criteria.Where(criterion => double.IsFinite(criterion.Weight))],
        Groups = [.. gate.Groups.Where(group => double.IsFinite(group.Weight))],
    };
}
