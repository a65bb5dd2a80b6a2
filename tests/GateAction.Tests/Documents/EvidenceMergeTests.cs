using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;

namespace GateAction.Tests.Documents;

internal sealed class EvidenceMergeTests
{
    private static readonly Measurement Up = SampleEvidence.Measured("http", ("status", Value.Int(200)));

    [Test]
    public void Shares_of_several_jobs_become_one()
    {
        var later = SampleEvidence.Of(("b", Up))
            with
        { StartedAt = SampleEvidence.StartedAt.AddMinutes(1), Duration = TimeSpan.FromMinutes(2) };

        var merged = EvidenceMerge.Merge([("1.json", SampleEvidence.Of(("a", Up))), ("2.json", later)]);

        Assert.That(merged.Measurements.Keys, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(merged.StartedAt, Is.EqualTo(SampleEvidence.StartedAt));
        Assert.That(merged.Duration, Is.EqualTo(TimeSpan.FromMinutes(3)));
    }

    [Test]
    public void The_same_measurement_twice_is_one() =>
        Assert.That(EvidenceMerge.Merge([("1.json", SampleEvidence.Of(("a", Up))), ("2.json", SampleEvidence.Of(("a", Up)))]).Measurements,
        Has.Count.EqualTo(1));

    [Test]
    public void Two_files_that_disagree_about_a_probe_are_refused()
    {
        var down = SampleEvidence.Of(("a", SampleEvidence.Measured("http", ("status", Value.Int(500)))));

        Assert.That(
            () => EvidenceMerge.Merge([("1.json", SampleEvidence.Of(("a", Up))), ("2.json", down)]),
            Throws.TypeOf<GateException>().With.Message.EqualTo(
            "'1.json' and '2.json' both hold a measurement of 'a' and differ: measure each probe and result set in one job only "
            + "('--only')"));
    }

    [Test]
    public void Evidence_of_another_commit_is_refused()
    {
        var other = SampleEvidence.Of(("b", Up)) with { GitHub = Value.Map(("sha", Value.String("ffff"))) };

        Assert.That(
            () => EvidenceMerge.Merge([("1.json", SampleEvidence.Of(("a", Up))), ("2.json", other)]),
            Throws.TypeOf<GateException>().With.Message.StartsWith("'1.json' is evidence of commit '9b1f6c3' and '2.json' of 'ffff'"));
    }

    [Test]
    public void Evidence_of_another_repository_is_refused()
    {
        var (here, there) = (new RunIdentity("acme/shop", "9b1f6c3", 7, 1), new RunIdentity("acme/fork", "9b1f6c3", 8, 1));

        Assert.That(
            () => EvidenceMerge.Merge([("1.json", SampleEvidence.Of(("a", Up)) with { Run = here }),
            ("2.json", SampleEvidence.Of(("b", Up)) with { Run = there })]),
            Throws.TypeOf<GateException>().With.Message.StartsWith(
            "'1.json' is evidence of repository 'acme/shop' and '2.json' of 'acme/fork'"));
    }

    [Test]
    public void Shares_of_two_attempts_are_of_the_later_one()
    {
        var first = new RunIdentity("acme/shop", "9b1f6c3", 7, 1);

        var merged = EvidenceMerge.Merge(
            [("1.json", SampleEvidence.Of(("a", Up)) with { Run = first with { Attempt = 2 } }),
            ("2.json", SampleEvidence.Of(("b", Up)) with { Run = first })]);

        Assert.That(merged.Run, Is.EqualTo(first with { Attempt = 2 }));
    }

    [Test]
    public void Evidence_of_another_gate_is_refused() =>
        Assert.That(
            () => EvidenceMerge.Merge([("1.json", SampleEvidence.Of(("a", Up))),
            ("2.json", SampleEvidence.Of(("b", Up)) with { Gate = "production" })]),
            Throws.TypeOf<GateException>().With.Message.Contains("of gate 'staging'"));

    [Test]
    public void No_file_is_no_evidence() => Assert.That(() => EvidenceMerge.Merge([]), Throws.TypeOf<GateException>());

    [Test]
    public void Changed_files_are_unknown_where_one_job_does_not_know_them()
    {
        var knowing = SampleEvidence.Of(("a", Up)) with { Changed = ["src/a.cs"] };

        Assert.That(EvidenceMerge.Merge([("1.json", knowing), ("2.json", SampleEvidence.Of(("b", Up)))]).Changed, Is.Null);
        Assert.That(EvidenceMerge.Merge([("1.json", knowing), ("2.json", knowing)]).Changed, Is.EqualTo(new[] { "src/a.cs" }));
    }
}
