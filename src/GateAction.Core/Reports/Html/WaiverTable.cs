using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>Every waiver of the manifest and what became of it.</summary>
internal static class WaiverTable
{
    public static string Of(Verdict verdict)
    {
        var rows = verdict.Waivers.Select(waiver =>
            $"<tr><th scope=\"row\"><a "
            + $"href=\"#criterion-{HtmlText.Line(waiver.CriterionId)}\">{HtmlText.Line(waiver.CriterionId)}</a></th><td>"
            + $"{Words(waiver.State)}</td>"
            + $"<td>{waiver.Expires:yyyy-MM-dd}</td><td "
            + $"class=\"number\">{waiver.DaysLeft}</td><td>{HtmlText.Line(waiver.Reason)}</td><td>{HtmlText.Line(waiver.By ?? "")}"
            + "</td></tr>\n");
        return verdict.Waivers.Count == 0
            ? ""
            : $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"All waivers\"><table><thead><tr><th "
            + $"scope=\"col\">Criterion</th><th scope=\"col\">Waiver</th><th scope=\"col\">Until</th><th scope=\"col\" "
            + $"class=\"number\">Days left</th><th scope=\"col\">Reason</th><th "
            + $"scope=\"col\">By</th></tr></thead><tbody>\n{string.Concat(rows)}</tbody></table></div>\n";
    }

    private static string Words(WaiverState state) => state switch
    {
        WaiverState.Used => "in use",
        WaiverState.Unused => "not used",
        WaiverState.Expired => "expired, does not count",
        _ => "too far ahead, does not count",
    };
}
