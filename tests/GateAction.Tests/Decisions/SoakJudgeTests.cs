using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Tests.Documents;

namespace GateAction.Tests.Decisions;

/// <summary>A condition over a soak holds only where it holds for each distinct observation.</summary>
internal sealed class SoakJudgeTests
{
    private const string Sha = "soak.json.sha == \"new\"";

    [TestCase("soak.json.sha == \"new\"", CriterionState.Failed)]
    [TestCase("soak.json.sha in [\"new\", \"old\"]", CriterionState.Passed)]
    [TestCase("soak.json.sha == \"new\" || soak.json.sha == \"old\"", CriterionState.Passed)]
    [TestCase("soak.samples == 20 && soak.latency < 1s", CriterionState.Passed)]
    [TestCase("soak.json.sha != \"old\" && soak.samples == 20", CriterionState.Failed)]
    [TestCase("!has(soak.json.note)", CriterionState.Failed)]
    [TestCase("soak.json.note == \"x\"", CriterionState.Inconclusive)]
    [TestCase("has(soak.json.sha)", CriterionState.Passed)]
    public void Each_distinct_observation_is_judged(string condition, CriterionState state)
    {
        var soak = Soak((19, """{"sha": "old", "note": "x"}"""), (1, """{"sha": "new"}"""));

        Assert.That(StateOf(condition, ("soak", soak)), Is.EqualTo(state));
    }

    [Test]
    public void It_says_for_how_many_samples_it_holds()
    {
        var soak = Soak((12, """{"sha": "old"}"""), (7, """{"sha": "older"}"""), (1, """{"sha": "new"}"""));

        var criterion = Gates.Gate(Gates.Criterion("it", Sha)).Decide(("soak", soak)).Criteria.Single();

        Assert.That(criterion.Reason, Is.EqualTo(
            "it holds for 1 of 20 samples of 'soak': 12 × soak.json.sha == \"new\": was \"old\"; 7 × soak.json.sha == \"new\": was "
            + "\"older\"; 1 × soak.json.sha == \"new\": was \"new\""));
    }

    [TestCase("soak.json.sha == \"new\"", "soak.json.sha != \"none\"", CriterionState.Degraded)]
    [TestCase("soak.json.sha == \"new\"", "soak.json.sha != \"old\"", CriterionState.Failed)]
    public void What_warns_must_hold_for_each_too(string pass, string warn, CriterionState state)
    {
        var soak = Soak((19, """{"sha": "old"}"""), (1, """{"sha": "new"}"""));

        Assert.That(Gates.Gate(Gates.Criterion("it", pass, warn)).Decide(("soak", soak)).State("it"), Is.EqualTo(state));
    }

    [Test]
    public void Two_soaks_that_differ_in_one_condition_are_inconclusive()
    {
        var one = Soak((19, """{"sha": "old"}"""), (1, """{"sha": "new"}"""));

        Assert.That(StateOf("soak.json.sha == other.json.sha", ("soak", one), ("other", one)), Is.EqualTo(CriterionState.Inconclusive));
        Assert.That(StateOf("soak.json.sha != \"x\" && other.samples == 20", ("soak", one), ("other", one)),
            Is.EqualTo(CriterionState.Passed));
    }

    [Test]
    public void A_baseline_whose_samples_differ_is_nothing_to_compare_with()
    {
        var soak = Soak((20, """{"sha": "new"}"""));
        var baseline = Soak((19, """{"sha": "old"}"""), (1, """{"sha": "new"}"""));

        var verdict = Decision.Decide(
            Gates.Gate(Gates.Criterion("it", "soak.json.sha == baseline.soak.json.sha")), SampleEvidence.Of([("soak", soak)]),
            SampleEvidence.Of([("soak", baseline)]), Gates.Now);

        Assert.That(verdict.State("it"), Is.EqualTo(CriterionState.Inconclusive));
    }

    [Test]
    public void Samples_that_were_not_kept_are_never_green()
    {
        var kept = Soak((20, """{"sha": "new"}"""));

        Assert.That(StateOf(Sha, ("soak", kept with { Spread = kept.Spread! with { Unkept = 3 } })),
            Is.EqualTo(CriterionState.Inconclusive));
        Assert.That(StateOf(Sha, ("soak", kept with { Spread = kept.Spread! with { KeptFor = ["soak.ok"] } })),
            Is.EqualTo(CriterionState.Inconclusive));
        Assert.That(StateOf(Sha, ("soak", kept with { Spread = kept.Spread! with { KeptFor = [Sha] } })),
            Is.EqualTo(CriterionState.Passed));
        Assert.That(StateOf("soak.samples == 20", ("soak", kept with { Spread = kept.Spread! with { KeptFor = ["soak.ok"] } })),
            Is.EqualTo(CriterionState.Passed));
    }

    [Test]
    public void The_spread_is_part_of_the_evidence()
    {
        var soak = Soak((19, """{"sha": "old"}"""), (1, """{"sha": "new"}"""));
        soak = soak with { Spread = soak.Spread! with { KeptFor = [Sha], Unkept = 2 } };
        using var stream = new MemoryStream();
        EvidenceJson.Write(stream, SampleEvidence.Of([("soak", soak)]));
        stream.Position = 0;

        var read = EvidenceJson.Read(stream, "evidence.json", _ => null).Measurements["soak"].Spread!;

        Assert.That(read.Differing, Is.EqualTo(soak.Spread!.Differing));
        Assert.That(read.KeptFor, Is.EqualTo((string[])[Sha]));
        Assert.That(read.Unkept, Is.EqualTo(2));
        Assert.That(read.Observations.Select(one => (one.Count, ValueJson.Write(one.Facts), one.Reason)),
            Is.EqualTo(soak.Spread.Observations.Select(one => (one.Count, ValueJson.Write(one.Facts), one.Reason))));
    }

    private static CriterionState StateOf(string condition, params (string Name, Measurement Measurement)[] measurements) =>
        Gates.Gate(Gates.Criterion("it", condition)).Decide(measurements).State("it");

    /// <summary>A soak that shows the last observation.</summary>
    private static Measurement Soak(params (int Count, string Json)[] observations)
    {
        var shown = SampleEvidence.Measured(
            "http",
            ("json", ValueJson.Read(observations[^1].Json)),
            ("samples", Value.Int(observations.Sum(one => one.Count))),
            ("latency", Value.Duration(TimeSpan.FromMilliseconds(20))));
        var kept = observations.Select(one => new SoakObservation(one.Count, Value.Map(("json", ValueJson.Read(one.Json))), null))
            .ToArray();
        return shown with { Spread = new SoakSpread([new("json")], kept, null, 0) };
    }
}
