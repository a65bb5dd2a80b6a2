using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>Which waivers count today. One that has expired or reaches further ahead than the gate allows never does.</summary>
internal static class WaiverSelection
{
    public static IReadOnlyList<WaiverUse> Settle(Gate gate, IReadOnlyDictionary<string, CriterionEvaluation> underlying,
        DateTimeOffset now)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. gate.Waivers.Select(waiver => Settle(waiver, gate.WaiverDays, underlying, taken, now))];
    }

    /// <param name="evaluation">What the criterion came to without the waiver; null if the gate has no such criterion.</param>
    public static string? Note(WaiverUse use, int waiverDays, CriterionEvaluation? evaluation) => use.State switch
    {
        WaiverState.Expired =>
            $"the waiver of '{use.CriterionId}' expired on {UnitText.Date(use.Expires)} and does not count: repair the criterion, or renew "
            + "the waiver",
        WaiverState.TooLong =>
            $"the waiver of '{use.CriterionId}' runs until {UnitText.Date(use.Expires)}, {use.DaysLeft} days ahead, and does not count: at "
            + $"most {waiverDays} days are accepted ('waiver-days')",
        WaiverState.Unused when evaluation is null =>
            $"a waiver names '{use.CriterionId}', which is no criterion of this gate: remove it",
        WaiverState.Unused when evaluation.Alone != evaluation.State && use.Comment is null =>
            $"the waiver of '{use.CriterionId}' is not for the condition that an extending manifest adds, which does not hold",
        WaiverState.Unused when evaluation.State is CriterionState.Passed or CriterionState.Degraded =>
            $"the waiver of '{use.CriterionId}' is not used: the criterion is {evaluation.State.Word()} without it; "
            + "remove the waiver",
        WaiverState.Unused when evaluation.State is CriterionState.Failed or CriterionState.Inconclusive =>
            $"'{use.CriterionId}' has more than one waiver: one is enough, remove the others",
        WaiverState.Unused or WaiverState.Used => null,
    };

    private static WaiverUse Settle(
        Waiver waiver, int waiverDays, IReadOnlyDictionary<string, CriterionEvaluation> underlying, HashSet<string> taken,
        DateTimeOffset now)
    {
        // By the day in UTC, so that it ends for every runner at once.
        var daysLeft = waiver.Expires.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber;
        var evaluation = underlying.GetValueOrDefault(waiver.CriterionId);
        // A manifest waives its own conditions. A comment waives what the report shows, with all that was added.
        var state = waiver.Comment is null ? evaluation?.Alone : evaluation?.State;
        var needed = state is CriterionState.Failed or CriterionState.Inconclusive;
        var isOver = waiver.Comment is { } comment ? now >= comment.Until : daysLeft < 0;
        var use = isOver ? WaiverState.Expired
            : waiver.Comment is null && daysLeft > waiverDays ? WaiverState.TooLong
            : needed && taken.Add(waiver.CriterionId) ? WaiverState.Used
            : WaiverState.Unused;
        return new(waiver.CriterionId, waiver.Reason, waiver.By, waiver.Expires, daysLeft, use, waiver.Comment?.Url);
    }
}
