using System.Text;

namespace GateAction.Core.Reports.Html;

/// <summary>The score as the sum of its groups: each bar is as wide as the group's weight, and filled as far as it earned.</summary>
internal static class ScoreChart
{
    private const double Width = 1000;
    private const double Gap = 4;

    public static string Of(Verdict verdict)
    {
        var counted = verdict.Groups.Where(group => group.Score is not null && group.Weight > 0 && double.IsFinite(group.Weight)).ToArray();
        return counted.Length == 0 ? "<p>Nothing counted, so there is no score.</p>\n" : Bars(counted, verdict) + Table(verdict);
    }

    private static string Bars(GroupScore[] groups, Verdict verdict)
    {
        var total = groups.Sum(group => group.Weight);
        var bars = new StringBuilder();
        var at = 0.0;
        foreach (var group in groups)
        {
            var width = Math.Max(1, (Width * group.Weight / total) - Gap);
            bars.Append($"<g><title>{HtmlText.Line(GroupsSection.Title(group))}: {StateWords.Percent(group.Score)} of weight {group.Weight:0.##}</title>");
            bars.Append($"<rect class=\"f-track\" x=\"{at:0.#}\" y=\"0\" width=\"{width:0.#}\" height=\"28\" rx=\"4\"/>");
            bars.Append($"<rect class=\"{Fill(group.Score!.Value, verdict)}\" x=\"{at:0.#}\" y=\"0\" width=\"{width * group.Score.Value:0.#}\" height=\"28\" rx=\"4\"/></g>");
            at += width + Gap;
        }
        return $"<figure><svg viewBox=\"0 0 {Width:0} 28\" role=\"img\" aria-label=\"Score by group, {StateWords.Percent(verdict.Score)} in all\">{bars}</svg><figcaption>Each bar is as wide as its group's weight and filled as far as it earned.</figcaption></figure>\n";
    }

    private static string Fill(double score, Verdict verdict) => score >= verdict.PassScore ? "f-good" : score >= verdict.WarnScore ? "f-warn" : "f-bad";

    private static string Table(Verdict verdict)
    {
        var rows = verdict.Groups.Select(group =>
            $"<tr><th scope=\"row\">{HtmlText.Line(GroupsSection.Title(group))}</th><td class=\"number\">{group.Weight:0.##}</td><td class=\"number\">{StateWords.Percent(group.Score)}</td><td class=\"number\">{StateWords.Percent(group.Measured)}</td></tr>\n");
        return $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Score by group\"><table><thead><tr><th scope=\"col\">Group</th><th scope=\"col\" class=\"number\">Weight</th><th scope=\"col\" class=\"number\">Score</th><th scope=\"col\" class=\"number\">Measured</th></tr></thead><tbody>\n{string.Concat(rows)}</tbody></table></div>\n";
    }
}
