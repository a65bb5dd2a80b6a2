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

    /// <summary>True if there was nothing to evaluate by: what the condition's errors say follows from the reason.</summary>
    public bool HasNothingToReadBy { get; private init; }

    public static Finding Of(Evaluation evaluation, Condition condition, EvaluationContext context, bool baselineOptional) =>
        context.WhyNotKept(condition) is { } notKept
            ? new(CriterionState.Inconclusive, notKept)
            : Of(evaluation, condition.Roots, condition.Selections, context, baselineOptional);

    /// <param name="roots">All names of the condition.</param>
    /// <param name="selections">The facts that it reads by name.</param>
    public static Finding Of(
        Evaluation evaluation, IReadOnlyList<string> roots, IReadOnlyList<(string Root, string Fact)> selections, EvaluationContext context,
        bool baselineOptional)
    {
        var rests = context.Of(evaluation.Support).ToArray();
        // First of all: what would hold because nobody answered (`!api.ok`) has failed.
        if (rests.FirstOrDefault(rest => rest.Measurement.Outcome == Outcome.Unreachable) is { Name: not null } unreachable)
            return OfUnreachable(evaluation.Value, unreachable.Name, unreachable.Measurement);
        if ((context.WhyNoBaseline(evaluation, roots) ?? context.WhyNotCompared(evaluation, selections)) is { } noBaseline)
            return new(baselineOptional ? CriterionState.Skipped : CriterionState.Inconclusive, noBaseline) { HasNothingToReadBy = true };
        // False rests on the parts that are false alone: no source that is missing besides could make it true.
        if (evaluation.Value.IsFalse)
            return new(CriterionState.Failed, null);
        // True rests on what is there: a job whose evidence was lost would take its bad news with it.
        if (context.WhyMissing(roots) is { } missing)
            return new(CriterionState.Inconclusive, missing) { HasNothingToReadBy = true };
        if (evaluation is { Value.IsTrue: true, RestsOnNaN: true })
            return new(CriterionState.Inconclusive, NotANumber);
        return evaluation.Value.IsTrue ? OfTrue(rests, context) : OfNoValue(evaluation.Value, rests);
    }

    private static Finding OfUnreachable(Value value, string name, Measurement measurement)
    {
        // A condition that would hold because nobody answered.
        var advice = value.IsTrue && measurement.Declared?.Facts.Fields?.ContainsKey(FactNames.Refused) == true
            ? "; if nobody may connect, write `expect: refused` in the probe and ask for its fact `refused`"
            : "";
        return new(CriterionState.Failed, $"{name}: {measurement.Reason ?? "could not be reached"}{advice}", name)
        { HasNothingToReadBy = true };
    }

    private static Finding OfTrue((string Name, Measurement Measurement)[] rests, EvaluationContext context)
    {
        var shaky = rests.FirstOrDefault(rest => rest.Measurement.Outcome is Outcome.Unclean or Outcome.Unknown);
        if (shaky.Name is not null)
            return Unmeasured(shaky.Name, shaky.Measurement);
        var caveat = rests.FirstOrDefault(rest => rest.Measurement.Caveat is not null
            && (rest.Measurement.IsPartial == true || !context.TolerateFlaky.Contains(rest.Name)));
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
