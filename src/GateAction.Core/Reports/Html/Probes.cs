using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>Every probe and result set: figures, latencies over time and as a histogram, and its lines of evidence.</summary>
internal static class ProbeList
{
    public static IEnumerable<Html> Of(Verdict verdict)
    {
        if (verdict.Probes.Count == 0)
            yield break;
        yield return $"<div class=\"rows\">\n";
        foreach (var probe in verdict.Probes)
            yield return Probe(probe);
        yield return $"</div>\n";
    }

    private static Html Probe(ProbeSummary probe)
    {
        var isMeasured = probe.Outcome == Outcome.Measured;
        Html open = probe.Samples.Count > 1 || !isMeasured ? $" open" : Html.Empty;
        Html outcome = isMeasured ? Html.Empty : $", <b class=\"bad\">{StateWords.Of(probe.Outcome).Name}</b>";
        Html subject = probe.Subject is { } text ? $"{Html.Code(text)}, " : Html.Empty;
        var sentences = Html.Each(new[] { probe.Reason, probe.Caveat }.OfType<string>(), sentence =>
            $"<p class=\"note\">{Html.Line(sentence, 1000)}</p>\n");
        var figures = Html.Join(" · ", probe.Figures.Select(Figure));
        Html all = figures.IsEmpty ? Html.Empty : $"<p>{figures}</p>\n";
        Html charts = probe.Samples.Count > 1
            ? $"<div class=\"two\">{LatencyCharts.OverTime(probe)}{LatencyCharts.Histogram(probe)}</div>\n"
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

/// <summary>The samples of one probe as pictures; each says in words what it shows.</summary>
internal static class LatencyCharts
{
    private const double Width = 480;
    private const double Height = 120;
    private const int Bins = 16;
    private const int MostBars = 240;

    public static Html OverTime(ProbeSummary probe)
    {
        var samples = probe.Samples;
        var slowest = Math.Max(0.000001, (samples.Max() ?? TimeSpan.Zero).TotalSeconds);
        var count = Math.Min(samples.Count, MostBars);
        var bars = Html.Each(Enumerable.Range(0, count), index =>
        {
            var (from, to) = (index * samples.Count / count, (index + 1) * samples.Count / count);
            TimeSpan?[] part = [.. samples.Skip(from).Take(Math.Max(1, to - from))];
            var failed = part.Any(sample => sample is null);
            var height = failed ? Height : Math.Max(1, Height * part.Max()!.Value.TotalSeconds / slowest);
            return Bar(failed ? "f-bad" : "f-bar", Width * index / count, Math.Max(0.5, (Width / count) - 1), height);
        });
        var failures = samples.Count(sample => sample is null);
        return Figure(
            bars,
            $"{samples.Count:#,0} samples in order, slowest {UnitText.Duration(TimeSpan.FromSeconds(slowest))}"
            + (failures > 0 ? $", {failures} failed (red)" : ""));
    }

    public static Html Histogram(ProbeSummary probe)
    {
        var seconds = probe.Samples.OfType<TimeSpan>().Select(sample => sample.TotalSeconds).ToArray();
        if (seconds.Length == 0)
            return Html.Empty;
        var (from, to) = (seconds.Min(), seconds.Max());
        var bins = new int[Bins];
        foreach (var one in seconds)
            bins[to > from ? (int)Math.Min(Bins - 1, (one - from) / (to - from) * Bins) : 0]++;
        var bars = Html.Each(bins.Index(), bin =>
            Bar("f-bar", Width * bin.Index / Bins, (Width / Bins) - 2, Height * bin.Item / bins.Max()));
        return Figure(
            bars,
            $"How often each latency was seen, from {UnitText.Duration(TimeSpan.FromSeconds(from))} to "
            + $"{UnitText.Duration(TimeSpan.FromSeconds(to))}");
    }

    private static Html Bar(string fill, double x, double width, double height) =>
        $"<rect class=\"{fill}\" x=\"{x:0.##}\" y=\"{Height - height:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\"/>";

    private static Html Figure(Html bars, string words) =>
        $"<figure><svg viewBox=\"0 0 {Width:0} {Height:0}\" role=\"img\" "
        + $"aria-label=\"{words}\">{bars}</svg><figcaption>{words}</figcaption></figure>";
}
