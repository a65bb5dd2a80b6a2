using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Machine;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Tests.Reports;

/// <summary>Every state has a look of its own in every report: one that is added and has none fails here.</summary>
internal sealed class StateWordsTests
{
    [Test]
    public void Every_state_of_a_criterion_has_its_own_mark_word_and_sign()
    {
        var looks = Enum.GetValues<CriterionState>().Select(StateWords.Of).ToArray();

        Assert.That(looks.Select(look => look.Mark), Is.Unique);
        Assert.That(looks.Select(look => look.Word), Is.Unique);
        Assert.That(looks.Select(look => look.Sign), Is.Unique);
    }

    [TestCase(VerdictState.Passed, "good", "Passed")]
    [TestCase(VerdictState.Warned, "warn", "Passed with warnings")]
    [TestCase(VerdictState.Failed, "bad", "Blocked")]
    [TestCase(VerdictState.Inconclusive, "bad", "Blocked")]
    [TestCase(VerdictState.NotConcerned, "none", "Not concerned")]
    public void Every_verdict_reads_the_same_in_every_report(VerdictState state, string fares, string word)
    {
        var verdict = SampleVerdicts.Failing with { State = state };

        Assert.That((StateWords.Of(state).Class, StateWords.Of(state).Word), Is.EqualTo((fares, word)));
        Assert.That(Headline.Of(verdict), Does.StartWith(word));
        Assert.That(Comment.Render(verdict, SampleVerdicts.Context), Does.StartWith($"### {StateWords.Of(state).Mark} {word}"));
        Assert.That(verdict.Blocks, Is.EqualTo(fares == "bad"));
    }

    [Test]
    public void Each_case_of_a_verdict_is_named_in_the_test() =>
        Assert.That(Enum.GetValues<VerdictState>(), Has.Length.EqualTo(5), "add the new state to the cases above");

    [Test]
    public void A_gate_that_is_not_concerned_says_so_in_its_status() =>
        Assert.That(StatusDescription.Of(SampleVerdicts.Passing
        with
        { State = VerdictState.NotConcerned, Notes = ["the change touches none of src/web/**"] }),
        Is.EqualTo("Not concerned: the change touches none of src/web/**"));

    [Test]
    public void A_badge_is_an_error_only_when_the_change_must_not_be_merged([Values] VerdictState state)
    {
        using var stream = new MemoryStream();

        Badge.WriteEndpoint(stream, SampleVerdicts.Failing with { State = state });

        Assert.That(System.Text.Encoding.UTF8.GetString(stream.ToArray()),
            Does.Contain($"\"isError\": {(StateWords.Of(state).Class == "bad" ? "true" : "false")}"));
    }
}
