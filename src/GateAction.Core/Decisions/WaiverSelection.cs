using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>Which waivers count today. One that has expired or reaches further ahead than the gate allows never does.</summary>
internal static class WaiverSelection
{
    public static IReadOnlyList<WaiverUse> Settle(Gate gate, IReadOnlyDictionary<string, CriterionState> underlying, DateTimeOffset now)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. gate.Waivers.Select(waiver => Settle(waiver, gate.WaiverDays, underlying, taken, now))];
    }

    /// <param name="underlying">What the criterion came to without the waiver; null if the gate has no such criterion.</param>
    public static string? Note(WaiverUse use, int waiverDays, CriterionState? underlying) => use.State switch
    {
        WaiverState.Expired =>
            $"the waiver of '{use.CriterionId}' expired on {use.Expires:yyyy-MM-dd} and does not count: repair the criterion, or renew "
            + "the waiver",
        WaiverState.TooLong =>
            $"the waiver of '{use.CriterionId}' runs until {use.Expires:yyyy-MM-dd}, {use.DaysLeft} days ahead, and does not count: at "
            + $"most {waiverDays} days are accepted ('waiver-days')",
        WaiverState.Unused when underlying is null =>
            $"a waiver names '{use.CriterionId}', which is no criterion of this gate: remove it",
        WaiverState.Unused when underlying is CriterionState.Passed or CriterionState.Degraded =>
            $"the waiver of '{use.CriterionId}' is not used: the criterion is {underlying.Value.Word()} without it; "
            + "remove the waiver",
        WaiverState.Unused when underlying is CriterionState.Failed or CriterionState.Inconclusive =>
            $"'{use.CriterionId}' has more than one waiver: one is enough, remove the others",
        WaiverState.Unused or WaiverState.Used => null,
    };

    private static WaiverUse Settle(
        Waiver waiver, int waiverDays, IReadOnlyDictionary<string, CriterionState> underlying, HashSet<string> taken, DateTimeOffset now)
    {
        var daysLeft = waiver.Expires.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber;
        var needed = underlying.TryGetValue(waiver.CriterionId, out var state)
            && state is CriterionState.Failed or CriterionState.Inconclusive;
        var isOver = waiver.Comment is { } comment ? now >= comment.Until : daysLeft < 0;
        var use = isOver ? WaiverState.Expired
            : waiver.Comment is null && daysLeft > waiverDays ? WaiverState.TooLong
            : needed && taken.Add(waiver.CriterionId) ? WaiverState.Used
            : WaiverState.Unused;
        return new(waiver.CriterionId, waiver.Reason, waiver.By, waiver.Expires, daysLeft, use, waiver.Comment?.Url);
    }
}
