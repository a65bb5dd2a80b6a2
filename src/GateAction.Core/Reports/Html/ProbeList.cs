using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>Every probe and result set: figures, latencies over time and as a histogram, and its lines of evidence.</summary>
internal static class ProbeList
{
    public static IEnumerable<string> Of(Verdict verdict) =>
        verdict.Probes.Count == 0 ? [] : verdict.Probes.Select(Probe).Prepend("<div class=\"rows\">\n").Append("</div>\n");

    private static string Probe(ProbeSummary probe)
    {
        var body = new StringBuilder();
        body.Append(
            $"<details id=\"probe-{HtmlText.Line(probe.Name)}\""
            + $"{(probe.Samples.Count > 1 || probe.Outcome != Outcome.Measured ? " open" : "")}><summary><span "
            + $"class=\"title\">{HtmlText.Line(probe.Name)} "
            + $"<small>{HtmlText.Line(probe.Kind)}"
            + $"{(probe.Outcome == Outcome.Measured ? "" : $", <b class=\"bad\">{probe.Outcome.ToString().ToLowerInvariant()}</b>")}"
            + $"</small></span> <small class=\"value\">{Value(probe)}</small></summary>\n");
        body.Append(
            $"<p>{(probe.Subject is { } subject ? $"{HtmlText.Code(subject)}, " : "")}took {UnitText.Duration(probe.Duration)}</p>\n");
        foreach (var sentence in new[] { probe.Reason, probe.Caveat }.OfType<string>())
            body.Append($"<p class=\"note\">{HtmlText.Line(sentence, 1000)}</p>\n");
        if (probe.Figures.Count > 0)
            body.Append("<p>").Append(string.Join(" · ", probe.Figures.Select(figure =>
                $"{HtmlText.Line(figure.Name)} <b>{HtmlText.Line(figure.Text)}</b>{StateWords.Change(figure.Change)}"))).Append("</p>\n");
        if (probe.Samples.Count > 1)
            body.Append($"<div class=\"two\">{LatencyCharts.OverTime(probe)}{LatencyCharts.Histogram(probe)}</div>\n");
        if (probe.Details.Count > 0)
            body.Append(
                $"<pre tabindex=\"0\" aria-label=\"evidence of {HtmlText.Line(probe.Name)}\">{HtmlText.Lines(probe.Details)}</pre>\n");
        return body.Append("</details>\n").ToString();
    }

    private static string Value(ProbeSummary probe) =>
        string.Join(" · ", probe.Figures.Take(3).Select(figure => $"{HtmlText.Line(figure.Name)} {HtmlText.Line(figure.Text)}"));
}
