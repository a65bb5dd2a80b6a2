using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>Every probe and result set: figures, latencies over time and as a histogram, and its lines of evidence.</summary>
internal static class ProbeList
{
    public static IEnumerable<Html> Of(Verdict verdict, Evidence? evidence)
    {
        if (verdict.Probes.Count == 0)
            yield break;
        yield return $"<div class=\"rows\">\n";
        foreach (var probe in verdict.Probes)
            yield return Probe(probe, verdict.Criteria, evidence);
        yield return $"</div>\n";
    }

    private static Html Probe(ProbeSummary probe, IReadOnlyList<CriterionVerdict> criteria, Evidence? evidence)
    {
        var isMeasured = probe.Outcome == Outcome.Measured;
        // What has a picture, and what went wrong, is seen without a click.
        Html open = probe.Samples.Count > 1 || !isMeasured ? $" open" : Html.Empty;
        Html outcome = isMeasured ? Html.Empty : $", <b class=\"bad\">{StateWords.Of(probe.Outcome).Name}</b>";
        Html subject = probe.Subject is { } text ? $"{Html.Code(text)}, " : Html.Empty;
        var sentences = Html.Each(new[] { probe.Reason, probe.Caveat }.OfType<string>(), sentence =>
            $"<p class=\"note\">{Html.Line(sentence, 1000)}</p>\n");
        var figures = Html.Join(" · ", probe.Figures.Select(Figure));
        Html all = figures.IsEmpty ? Html.Empty : $"<p>{figures}</p>\n";
        Html charts = probe.Samples.Count > 1
            ? LatencyCharts.Of(probe, LatencyLimit.In(criteria, probe), evidence)
            : Html.Empty;
        Html details = probe.Details.Count > 0
            ? $"<pre tabindex=\"0\" aria-label=\"evidence of {probe.Name}\">{Html.Lines(probe.Details)}</pre>\n"
            : Html.Empty;
        return $"<details id=\"probe-{probe.Name}\"{open}><summary><span class=\"title\">{probe.Name} "
            + $"<small>{probe.Kind}{outcome}</small></span> "
            + $"<small class=\"value\">{Value(probe)}</small></summary>\n<p>{subject}took {UnitText.Duration(probe.Duration)}</p>\n"
            + $"{sentences}{all}{charts}{details}</details>\n";

        static Html Figure(Figure figure) => $"{figure.Name} <b>{figure.Text}</b>{StateWords.Change(figure.Change)}";
    }

    private static Html Value(ProbeSummary probe) => Html.Join(" · ", probe.Figures.Take(3).Select(Short));

    private static Html Short(Figure figure) => $"{figure.Name} {figure.Text}";
}
