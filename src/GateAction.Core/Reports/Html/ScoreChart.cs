using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports.Html;

/// <summary>The score as the sum of its groups.</summary>
internal static class ScoreChart
{
    private const double Width = 200;

    public static string Of(Verdict verdict) =>
        verdict.Groups.Any(group => group.Score is not null && group.Weight > 0 && double.IsFinite(group.Weight))
        ? Table(verdict)
        : "<p>Nothing counted, so there is no score.</p>\n";

    private static string Table(Verdict verdict)
    {
        var showsMeasured = verdict.Groups.Any(group => group.Measured < 1);
        var rows = verdict.Groups.Select(group =>
            $"<tr><th scope=\"row\">{HtmlText.Line(GroupsSection.Title(group))}</th><td>{Bar(group, verdict)}</td><td "
            + $"class=\"number\"><b>{StateWords.Percent(group.Score)}</b></td><td "
            + $"class=\"number\">{group.Weight:0.##}</td>"
            + $"{(showsMeasured ? $"<td class=\"number\">{StateWords.Percent(group.Measured)}</td>" : "")}</tr>\n");
        var head =
            $"<th scope=\"col\">Group</th><th scope=\"col\"><span class=\"quiet\">Bar</span></th><th scope=\"col\" "
            + $"class=\"number\">Score</th><th scope=\"col\" "
            + $"class=\"number\">Weight</th>{(showsMeasured ? "<th scope=\"col\" class=\"number\">Measured</th>" : "")}";
        return $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Score by group\"><table "
            + $"class=\"score\"><thead><tr>{head}</tr></thead><tbody>\n{string.Concat(rows)}</tbody></table></div>\n";
    }

    private static string Bar(GroupScore group, Verdict verdict) =>
        $"<svg viewBox=\"0 0 {Width:0} 12\" width=\"{Width:0}\" height=\"12\" aria-hidden=\"true\"><rect class=\"f-track\" "
        + $"width=\"{Width:0}\" height=\"12\" rx=\"3\"/><rect class=\"{Fill(group.Score ?? 0, verdict)}\" "
        + $"width=\"{Width * (group.Score ?? 0):0.#}\" height=\"12\" rx=\"3\"/></svg>";

    private static string Fill(double score, Verdict verdict) =>
        score >= verdict.PassScore ? "f-good" : score >= verdict.WarnScore ? "f-warn" : "f-bad";
}
