using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>What does not block although it does not hold, who says so, and for how long.</summary>
internal static class WaiversSection
{
    public static Section Of(Verdict verdict)
    {
        var items = verdict.Waivers.OrderBy(waiver => waiver.State == WaiverState.Used).ThenBy(waiver => waiver.DaysLeft)
            .Select(waiver => Item(waiver, verdict)).ToArray();
        var counted = verdict.Waivers.Count(waiver => waiver.State == WaiverState.Used);
        return CriteriaSections.Folded("waivers", 5, $"🕓 {StateWords.Count(items.Length, "waiver")}, {counted} in use", items,
            isOpen: verdict.State == VerdictState.Warned);
    }

    private static MarkdownText Item(WaiverUse waiver, Verdict verdict)
    {
        var criterion = verdict.Criteria.FirstOrDefault(criterion => criterion.Id == waiver.CriterionId);
        MarkdownText by = waiver.By is { } owner ? $", by {MarkdownText.Text(owner, 80)}" : MarkdownText.Empty;
        MarkdownText comment = MarkdownText.Address(waiver.Comment) is { } url
            ? $" ({MarkdownText.Link("comment", url)})"
            : MarkdownText.Empty;
        return $"- **{MarkdownText.Text(criterion?.Title ?? waiver.CriterionId, 100)}**: {State(waiver, criterion)}; "
            + $"{Days(waiver.DaysLeft)} ({waiver.Expires:yyyy-MM-dd}). {MarkdownText.Text(waiver.Reason, 200)}{by}{comment}\n";
    }

    private static MarkdownText State(WaiverUse waiver, CriterionVerdict? criterion) => waiver.State switch
    {
        WaiverState.Used => $"in use: {(criterion is null ? "waived" : StateWords.Of(criterion.Underlying).Word)} without it",
        WaiverState.Unused => $"not used",
        WaiverState.Expired => $"**expired**, does not count",
        WaiverState.TooLong => $"**too far ahead**, does not count",
    };

    private static string Days(int days) => days switch
    {
        < -1 => $"{-days} days ago",
        -1 => "yesterday",
        0 => "last day",
        1 => "1 day left",
        _ => $"{days} days left",
    };
}
