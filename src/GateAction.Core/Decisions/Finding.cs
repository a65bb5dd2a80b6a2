using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>What one condition's value means once it is known what the value rests on.</summary>
/// <param name="Reason">Why it is so where the value alone does not say it.</param>
/// <param name="ReasonOf">The probe or result set whose reason or caveat that is; null if it is the condition's own.</param>
internal sealed record Finding(CriterionState State, string? Reason, string? ReasonOf = null)
{
    private const string NotANumber =
        "it holds only because it compares what is no number (NaN), such as 0.0 / 0.0: nothing was measured there; ratio(a, b) says so "
        + "itself, and math.isNaN(x) asks for it";

    /// <summary>True where there was nothing to evaluate by: what the condition's errors say follows from the reason.</summary>
    public bool HasNothingToReadBy { get; private init; }

    public static Finding Of(Evaluation evaluation, Condition condition, EvaluationContext grounds, bool baselineOptional) =>
        grounds.WhyNotKept(condition) is { } notKept
            ? new(CriterionState.Inconclusive, notKept)
            : Of(evaluation, condition.Roots, condition.Selections, grounds, baselineOptional);

    /// <param name="roots">All names of the condition.</param>
    /// <param name="selections">The facts that it reads by name.</param>
    public static Finding Of(
        Evaluation evaluation, IReadOnlyList<string> roots, IReadOnlyList<(string Root, string Fact)> selections, EvaluationContext grounds,
        bool baselineOptional)
    {
        var rests = grounds.Of(evaluation.Support).ToArray();
        if (rests.FirstOrDefault(rest => rest.Measurement.Outcome == Outcome.Unreachable) is { Name: not null } unreachable)
            return OfUnreachable(evaluation.Value, unreachable.Name, unreachable.Measurement);
        if ((grounds.WhyNoBaseline(evaluation, roots) ?? grounds.WhyNotCompared(evaluation, selections)) is { } noBaseline)
            return new(baselineOptional ? CriterionState.Skipped : CriterionState.Inconclusive, noBaseline) { HasNothingToReadBy = true };
        if (evaluation.Value.IsFalse)
            return new(CriterionState.Failed, null);
        if (grounds.WhyMissing(roots) is { } missing)
            return new(CriterionState.Inconclusive, missing) { HasNothingToReadBy = true };
        if (evaluation is { Value.IsTrue: true, RestsOnNaN: true })
            return new(CriterionState.Inconclusive, NotANumber);
        return evaluation.Value.IsTrue ? OfTrue(rests, grounds) : OfNoValue(evaluation.Value, rests);
    }

    private static Finding OfUnreachable(Value value, string name, Measurement measurement)
    {
        // A condition that would hold because nobody answered.
        var advice = value.IsTrue && measurement.Kind is "http" or "tcp"
            ? "; where nobody may connect, write `expect: refused` in the probe and ask for its fact `refused`"
            : "";
        return new(CriterionState.Failed, $"{name}: {measurement.Reason ?? "could not be reached"}{advice}", name)
        { HasNothingToReadBy = true };
    }

    private static Finding OfTrue((string Name, Measurement Measurement)[] rests, EvaluationContext grounds)
    {
        var shaky = rests.FirstOrDefault(rest => rest.Measurement.Outcome is Outcome.Unclean or Outcome.Unknown);
        if (shaky.Name is not null)
            return Unmeasured(shaky.Name, shaky.Measurement);
        var caveat = rests.FirstOrDefault(rest => rest.Measurement.Caveat is not null
            && (rest.Measurement.IsPartial == true || !grounds.TolerateFlaky.Contains(rest.Name)));
        return caveat.Name is null
            ? new(CriterionState.Passed, null)
            : new(CriterionState.Degraded, $"{caveat.Name}: {caveat.Measurement.Caveat}", caveat.Name);
    }

    private static Finding OfNoValue(Value value, (string Name, Measurement Measurement)[] rests)
    {
        var unmeasured = rests.FirstOrDefault(rest => rest.Measurement.Outcome is Outcome.Unknown or Outcome.Unclean);
        if (unmeasured.Name is not null)
            return Unmeasured(unmeasured.Name, unmeasured.Measurement);
        if (value.IsWithheld)
            return new(CriterionState.Inconclusive, "the condition's value is masked, and cannot be judged by");
        return new(CriterionState.Inconclusive,
            value.IsError ? value.Text : $"the condition gives {ValueText.Kind(value)}, where true or false is accepted");
    }

    private static Finding Unmeasured(string name, Measurement measurement)
    {
        var reason = measurement.Reason ?? (measurement.Outcome == Outcome.Unclean ? "the source is not whole" : "nothing was measured");
        return new(CriterionState.Inconclusive, $"{name}: {reason}", name) { HasNothingToReadBy = measurement.Outcome == Outcome.Unknown };
    }
}
