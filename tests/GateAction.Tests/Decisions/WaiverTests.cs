using GateAction.Core.Model;
using static GateAction.Tests.Decisions.Gates;

namespace GateAction.Tests.Decisions;

internal sealed class WaiverTests
{
    [Test]
    public void A_waived_failure_does_not_block_leaves_the_score_and_is_shown()
    {
        var verdict = Waived("2026-03-31", status: 500);

        Assert.That((verdict.State, verdict.Score), Is.EqualTo((VerdictState.Warned, 1.0)));
        Assert.That(verdict.Criteria[1],
            Has.Property("State").EqualTo(CriterionState.Waived).And.Property("Underlying").EqualTo(CriterionState.Failed));
        Assert.That(verdict.Waivers.Single(), Has.Property("State").EqualTo(WaiverState.Used).And.Property("DaysLeft").EqualTo(30));
    }

    [TestCase("2026-03-01", WaiverState.Used, VerdictState.Warned)]
    [TestCase("2026-02-28", WaiverState.Expired, VerdictState.Failed)]
    [TestCase("2026-05-30", WaiverState.Used, VerdictState.Warned)]
    [TestCase("2026-05-31", WaiverState.TooLong, VerdictState.Failed)]
    public void A_waiver_counts_to_the_end_of_its_day_and_no_further_ahead_than_allowed(string expires, WaiverState state,
    VerdictState expected)
    {
        var verdict = Waived(expires, status: 500);

        Assert.That((verdict.Waivers.Single().State, verdict.State), Is.EqualTo((state, expected)));
        Assert.That(verdict.Notes, state == WaiverState.Used ? Is.Empty : Has.One.Contains("does not count"));
    }

    [Test]
    public void A_waiver_of_what_passes_is_reported_as_unused()
    {
        var verdict = Waived("2026-03-31", status: 200);

        Assert.That((verdict.State, verdict.Waivers.Single().State), Is.EqualTo((VerdictState.Passed, WaiverState.Unused)));
        Assert.That(verdict.Notes.Single(), Does.Contain("is not used").And.Contain("remove the waiver"));
    }

    [Test]
    public void A_waiver_of_no_criterion_is_reported()
    {
        var gate = Gate(Criterion("up", "backend.status == 200")) with { Waivers = [Waiver("gone", "2026-03-31")] };

        Assert.That(gate.Decide(("backend", Answer(200))).Notes.Single(), Does.Contain("'gone', which is no criterion"));
    }

    [Test]
    public void Of_two_waivers_of_one_criterion_one_is_used()
    {
        var gate = Gate(Criterion("up", "backend.status == 200"), Criterion("other", "other.status == 200")) with
        {
            Waivers = [Waiver("other", "2026-03-31"), Waiver("other", "2026-04-01")],
        };

        var verdict = gate.Decide(("backend", Answer(200)), ("other", Answer(500)));

        Assert.That(verdict.Waivers.Select(use => use.State), Is.EqualTo(new[] { WaiverState.Used, WaiverState.Unused }));
        Assert.That(verdict.Notes.Single(), Does.Contain("more than one waiver"));
    }

    [Test]
    public void What_was_never_measured_lowers_the_measured_share_though_it_is_waived()
    {
        var gate = Gate(Criterion("up", "backend.status == 200"), Criterion("suite", "ws.failed == 0"))
            with
        { Waivers = [Waiver("suite", "2026-03-31")] };

        var verdict = gate.Decide(("backend", Answer(200)), ("ws", Without(Outcome.Unknown)));

        Assert.That((verdict.State, verdict.Score, verdict.Measured), Is.EqualTo((VerdictState.Warned, 1.0, 0.5)));
    }

    private static Verdict Waived(string expires, int status)
    {
        var gate = Gate(Criterion("up", "backend.status == 200"), Criterion("other", "other.status == 200"))
            with
        { Waivers = [Waiver("other", expires)] };
        return gate.Decide(("backend", Answer(200)), ("other", Answer(status)));
    }
}
