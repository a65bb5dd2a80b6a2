using GateAction.Core.Model;
using GateAction.Core.Reports;

namespace GateAction.Tests.Reports;

internal sealed class StatusDescriptionTests
{
    [Test]
    public void A_failed_gate_names_what_failed() =>
        Assert.That(StatusDescription.Of(SampleVerdicts.Failing), Is.EqualTo("2 of 11 criteria failed: postgres, golden-path"));

    [Test]
    public void A_passed_gate_names_its_score() =>
    Assert.That(StatusDescription.Of(SampleVerdicts.Passing), Is.EqualTo("4 of 4 criteria met, score 100%"));

    [Test]
    public void A_warned_gate_says_that_it_is_only_warned() =>
        Assert.That(StatusDescription.Of(SampleVerdicts.Warned),
        Is.EqualTo("4 of 6 criteria met, score 87%; degraded: backend-fast; advisory failed: redis"));

    [Test]
    public void An_inconclusive_gate_names_what_was_not_measured() =>
        Assert.That(StatusDescription.Of(SampleVerdicts.Inconclusive), Is.EqualTo("1 of 8 criteria could not be measured: error-logs"));

    [Test]
    public void A_gate_that_decides_nothing_says_so()
    {
        var verdict = SampleVerdicts.Passing
            with
        { State = VerdictState.Inconclusive, Criteria = [], Notes = ["the gate decides nothing: it has no criteria"] };

        Assert.That(StatusDescription.Of(verdict), Is.EqualTo("The gate decides nothing: it has no criteria"));
    }

    [Test]
    public void It_fits_into_what_GitHub_takes()
    {
        var criteria = Enumerable.Range(0, 100)
            .Select(index => SampleVerdicts.Criterion($"criterion-{index}", "x", "testing", CriterionState.Failed));

        Assert.That(StatusDescription.Of(SampleVerdicts.Failing with { Criteria = [.. criteria] }),
            Has.Length.LessThanOrEqualTo(140).And.Match(@"^100 of 100 criteria failed: criterion-0, criterion-1, .* and \d+ more$"));
    }
}
