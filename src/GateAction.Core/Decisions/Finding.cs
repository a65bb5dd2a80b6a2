using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>What one condition's value means once it is known what the value rests on.</summary>
/// <param name="Reason">Why it is so where the value alone does not say it.</param>
internal sealed record Finding(CriterionState State, string? Reason)
{
    public static Finding Of(Evaluation evaluation, Condition condition, Grounds grounds, bool baselineOptional) =>
        grounds.WhyNotKept(condition) is { } notKept
            ? new(CriterionState.Inconclusive, notKept)
            : Of(evaluation, condition.Roots, condition.Selections, grounds, baselineOptional);

    /// <param name="roots">All names of the condition.</param>
    /// <param name="selections">The facts that it reads by name.</param>
    public static Finding Of(
        Evaluation evaluation, IReadOnlyList<string> roots, IReadOnlyList<(string Root, string Fact)> selections, Grounds grounds, bool baselineOptional)
    {
        var rests = grounds.Of(evaluation.Support).ToArray();
        if (rests.FirstOrDefault(rest => rest.Measurement.Outcome == Outcome.Unreachable) is { Name: not null } unreachable)
            return new(CriterionState.Failed, Unreachable(unreachable.Name, unreachable.Measurement) + (evaluation.Value.IsTrue ? HowToAskForSilence(unreachable.Measurement) : ""));
        if ((grounds.WhyNoBaseline(evaluation, roots) ?? grounds.WhyNotCompared(evaluation, selections)) is { } noBaseline)
            return new(baselineOptional ? CriterionState.Skipped : CriterionState.Inconclusive, noBaseline);
        if (evaluation.Value.IsFalse)
            return new(CriterionState.Failed, null);
        if (grounds.WhyMissing(roots) is { } missing)
            return new(CriterionState.Inconclusive, missing);
        return evaluation.Value.IsTrue ? OfTrue(rests, grounds) : new(CriterionState.Inconclusive, WhyNoValue(evaluation.Value, rests));
    }

    private static Finding OfTrue((string Name, Measurement Measurement)[] rests, Grounds grounds)
    {
        var shaky = rests.FirstOrDefault(rest => rest.Measurement.Outcome is Outcome.Unclean or Outcome.Unknown);
        if (shaky.Name is not null)
            return new(CriterionState.Inconclusive, Unmeasured(shaky.Name, shaky.Measurement));
        var caveat = rests.FirstOrDefault(rest => rest.Measurement.Caveat is not null && !grounds.TolerateFlaky.Contains(rest.Name));
        return caveat.Name is null
            ? new(CriterionState.Passed, null)
            : new(CriterionState.Degraded, $"{caveat.Name}: {caveat.Measurement.Caveat}");
    }

    private static string WhyNoValue(Value value, (string Name, Measurement Measurement)[] rests)
    {
        var unmeasured = rests.FirstOrDefault(rest => rest.Measurement.Outcome is Outcome.Unknown or Outcome.Unclean);
        if (unmeasured.Name is not null)
            return Unmeasured(unmeasured.Name, unmeasured.Measurement);
        return value.IsError ? value.Text : $"the condition gives a value of type {Lower(value.Kind)}, where true or false is accepted";
    }

    private static string Unreachable(string name, Measurement measurement) =>
        measurement.Reason is { } reason && reason.Contains("reach", StringComparison.OrdinalIgnoreCase)
            ? $"{name}: {reason}"
            : $"{name} could not be reached: {measurement.Reason ?? "no answer"}";

    /// <summary>For a condition that would hold because nobody answered.</summary>
    private static string HowToAskForSilence(Measurement measurement) =>
        measurement.Kind is "http" or "tcp" ? "; where nobody may connect, write `expect: refused` in the probe and ask for its fact `refused`" : "";

    private static string Unmeasured(string name, Measurement measurement) =>
        $"{name}: {measurement.Reason ?? (measurement.Outcome == Outcome.Unclean ? "the source is not whole" : "nothing was measured")}";

    private static string Lower(ValueKind kind) => kind.ToString().ToLowerInvariant();
}
