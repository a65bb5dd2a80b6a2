using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>What became of one criterion before waivers are looked at.</summary>
/// <param name="Condition">The text of the condition that decided.</param>
/// <param name="ReasonOf">The probe or result set that the reason comes from.</param>
/// <param name="IsMeasured">False if the value rests on no measurement: <c>true</c>, or only the event or the clock.</param>
internal sealed record CriterionEvaluation(
    CriterionState State, string Condition, IReadOnlyList<Explanation> Explanation, string? Reason, string? ReasonOf, bool IsMeasured)
{
    /// <summary>What is counted was counted from these, where the criterion is not met.</summary>
    public CountedLines Lines { get; private init; } = CountedLines.None;

    /// <summary>What it came to without the conditions that extending manifests add.</summary>
    public CriterionState Alone { get; private init; } = State;

    public static CriterionEvaluation Of(Criterion criterion, Evidence evidence, EvaluationContext context)
    {
        if (Applicability.WhyNot(criterion, evidence.GitHub, evidence.Changed) is { } why)
            return new(CriterionState.Skipped, criterion.Pass.Text, [], why, null, false);
        var (pass, finding, samples) = SoakJudge.Of(criterion.Pass, context, criterion.BaselineOptional);
        var evaluation = new CriterionEvaluation(
            finding.State, criterion.Pass.Text, Told(pass, finding), Joined(finding.Reason, samples), finding.ReasonOf,
            context.Of(pass.Support).Any());
        // With a reason nobody answered, or nothing was measured: 'warn' is for values that were.
        if (finding is { State: CriterionState.Failed, Reason: null } && criterion.Warn is not null)
            evaluation = evaluation.OrWarn(criterion, context);
        foreach (var further in criterion.And)
            evaluation = evaluation.And(further, criterion, context);
        // A waiver in the extended manifest was given for this much, and not for what others add.
        var alone = evaluation.State;
        foreach (var added in criterion.Added)
            evaluation = evaluation.And(added, criterion, context);
        evaluation = evaluation with { Alone = alone };
        if (evaluation.State == CriterionState.Passed)
            return evaluation;
        var told = evaluation.State == CriterionState.Inconclusive ? null : MergeCommit.Told(evaluation.Explanation, evidence.GitHub);
        return evaluation with { Reason = Joined(evaluation.Reason, told), Lines = CountedLines.Of(criterion, context) };
    }

    /// <summary>A second chance that can only tell degraded from failed: a missing baseline does not take a failure out.</summary>
    private CriterionEvaluation OrWarn(Criterion criterion, EvaluationContext context)
    {
        var (warn, finding, samples) = SoakJudge.Of(criterion.Warn!, context, criterion.BaselineOptional);
        var reason = Joined(finding.Reason, samples);
        return finding.State switch
        {
            CriterionState.Passed or CriterionState.Degraded =>
                With(CriterionState.Degraded, context.Of(warn.Support).Any()),
            CriterionState.Inconclusive => With(CriterionState.Inconclusive, isMeasured: false),
            _ => this with { Reason = reason ?? Reason, ReasonOf = finding.ReasonOf },
        };

        CriterionEvaluation With(CriterionState state, bool isMeasured) =>
            new(state, criterion.Warn!.Text, [.. Explanation, .. Told(warn, finding)], reason ?? Reason, finding.ReasonOf, isMeasured);
    }

    /// <summary>A further condition makes the state worse or leaves it: where it could not be compared it adds nothing.</summary>
    private CriterionEvaluation And(Condition further, Criterion criterion, EvaluationContext context)
    {
        var (value, finding, samples) = SoakJudge.Of(further, context, criterion.BaselineOptional);
        IReadOnlyList<Explanation> told = [.. Explanation, .. Told(value, finding)];
        var isWorse = finding.State switch
        {
            CriterionState.Failed => State != CriterionState.Failed,
            CriterionState.Inconclusive => State is not (CriterionState.Failed or CriterionState.Inconclusive),
            CriterionState.Degraded => State == CriterionState.Passed,
            _ => false,
        };
        var isMeasured = context.Of(value.Support).Any();
        // The state that is worse is told with its condition and its reason; of the others only what was compared.
        if (isWorse)
            return new(finding.State, further.Text, told, Joined(finding.Reason, samples), finding.ReasonOf,
                isMeasured && finding.State != CriterionState.Inconclusive);
        return State == CriterionState.Passed
            ? this with { Explanation = told, IsMeasured = IsMeasured || isMeasured, Reason = Joined(Reason, finding.Reason) }
            : this;
    }

    private static string? Joined(string? reason, string? samples) =>
        reason is null ? samples : samples is null ? reason : $"{reason}; {samples}";

    /// <summary>Without the errors that only say again what the reason says.</summary>
    private static IReadOnlyList<Explanation> Told(Evaluation evaluation, Finding finding) => finding switch
    {
        { Reason: null } => evaluation.Explanation,
        // What holds over a target that did not answer explains nothing: that "!admin.connected" is true is not why the criterion failed.
        { State: CriterionState.Failed } when evaluation.Value.IsTrue => [],
        _ => [.. evaluation.Explanation.Where(part => !part.IsError || !(finding.HasNothingToReadBy || part.Note == finding.Reason))],
    };
}
