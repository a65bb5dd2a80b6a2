using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>What became of one criterion before waivers are looked at.</summary>
/// <param name="Condition">The text of the condition that decided.</param>
/// <param name="IsMeasured">False where the value rests on no measurement: <c>true</c>, or only the event or the clock.</param>
internal sealed record Judgement(CriterionState State, string Condition, IReadOnlyList<string> Explanation, string? Reason, bool IsMeasured)
{
    public static Judgement Of(Criterion criterion, Evidence evidence, Grounds grounds)
    {
        if (Applicability.WhyNot(criterion.When, evidence) is { } why)
            return new(CriterionState.Skipped, criterion.Pass.Text, [], why, false);
        var pass = criterion.Pass.Evaluate(grounds.Scope);
        var finding = Finding.Of(pass, criterion.Pass, grounds, criterion.BaselineOptional);
        // What holds over a target that did not answer explains nothing: that "!admin.connected" is true is not why the criterion failed.
        var explanation = finding.State == CriterionState.Failed && pass.Value.IsTrue ? [] : pass.Explanation;
        var judgement = new Judgement(finding.State, criterion.Pass.Text, explanation, finding.Reason, grounds.Of(pass.Support).Any());
        return finding is { State: CriterionState.Failed, Reason: null } && criterion.Warn is not null
            ? judgement.OrWarn(criterion, grounds)
            : judgement;
    }

    /// <summary>A second chance that can only tell degraded from failed: a missing baseline does not take a failure out.</summary>
    private Judgement OrWarn(Criterion criterion, Grounds grounds)
    {
        var warn = criterion.Warn!.Evaluate(grounds.Scope);
        var finding = Finding.Of(warn, criterion.Warn, grounds, criterion.BaselineOptional);
        return finding.State switch
        {
            CriterionState.Passed or CriterionState.Degraded =>
                new(CriterionState.Degraded, criterion.Warn.Text, [.. Explanation, .. warn.Explanation], finding.Reason, grounds.Of(warn.Support).Any()),
            CriterionState.Inconclusive => new(CriterionState.Inconclusive, criterion.Warn.Text, [.. Explanation, .. warn.Explanation], finding.Reason, false),
            _ => this with { Reason = finding.Reason },
        };
    }
}
