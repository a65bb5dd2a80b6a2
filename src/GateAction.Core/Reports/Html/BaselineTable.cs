using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>Every figure that is different from the base branch's last run.</summary>
internal static class BaselineTable
{
    public static string Of(Verdict verdict)
    {
        var rows = verdict.Probes.SelectMany(probe =>
            probe.Figures.Where(figure => figure.Change is { } change && Math.Abs(change) >= 0.005).Select(figure =>
            $"<tr><th scope=\"row\"><a "
            + $"href=\"#probe-{HtmlText.Line(probe.Name)}\">{HtmlText.Line(probe.Name)}</a></th><td>{HtmlText.Line(figure.Name)}</td><td "
            + $"class=\"number\">{HtmlText.Line(figure.Text)}</td><td class=\"number\">{StateWords.Change(figure.Change).Trim()} "
            + $"{(figure.Change > 0 ? "more" : "less")}</td></tr>\n")).ToArray();
        return rows.Length == 0
            ? ""
            : $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Figures against the baseline\"><table><thead><tr><th "
            + $"scope=\"col\">Probe</th><th scope=\"col\">Figure</th><th scope=\"col\" class=\"number\">Now</th><th scope=\"col\" "
            + $"class=\"number\">Against the baseline</th></tr></thead><tbody>\n{string.Concat(rows)}</tbody></table></div>\n";
    }
}
