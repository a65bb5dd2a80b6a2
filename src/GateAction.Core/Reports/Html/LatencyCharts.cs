using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>The samples of one probe as pictures, with what is accepted of them; each says in words what it shows.</summary>
internal static class LatencyCharts
{
    private const int Bins = 32;
    private const int MostBars = 240;

    public static Html Of(ProbeSummary probe, IReadOnlyList<LatencyLimit> limits, Evidence? evidence) =>
        $"<div class=\"two\">{OverTime(probe, limits, evidence)}{Histogram(probe, limits)}</div>\n";

    private static Html OverTime(ProbeSummary probe, IReadOnlyList<LatencyLimit> limits, Evidence? evidence)
    {
        var samples = probe.Samples;
        var refused = RefusedSamples.Of(evidence?.Measurements.GetValueOrDefault(probe.Name), samples.Count);
        var plot = PlotOf(probe, limits, isUpright: true);
        var count = Math.Min(samples.Count, MostBars);
        var step = (Plot.Right - Plot.Left) / count;
        var bars = Html.Each(Enumerable.Range(0, count), index =>
        {
            // More samples than bars: a bar shows the slowest of its stretch, because an outlier is what one looks for.
            var (from, to) = (index * samples.Count / count, (index + 1) * samples.Count / count);
            int[] part = [.. Enumerable.Range(from, Math.Max(1, to - from))];
            return Bar(plot, Plot.Left + (index * step), Math.Max(0.5, step - (step > 3 ? 1 : 0)),
                part.Max(at => samples[at]), part.Any(at => samples[at] is null), part.Any(refused.Contains), from + 1);
        });
        var lines = Html.Each(limits, limit => plot.Line(limit.Seconds, limit.Words, "limit"));
        var failed = samples.Index().Count(sample => sample.Item is null || refused.Contains(sample.Index));
        var slowest = LatencyScale.Text((samples.Max() ?? TimeSpan.Zero).TotalSeconds);
        var words = $"{samples.Count:#,0} samples in order, slowest {slowest}{(failed > 0 ? $", {failed:#,0} failed" : "")}";
        Html crosses = failed > 0 ? $"; red: failed, × where nothing answered" : Html.Empty;
        return plot.Figure($"{bars}{lines}", $"{words}{crosses}{Logarithmic(plot)}", words);
    }

    private static Html Bar(Plot plot, double x, double width, TimeSpan? slowest, bool isUnanswered, bool isRefused, int number)
    {
        Html cross = isUnanswered
            ? $"<path class=\"cross\" d=\"M{x + (width / 2) - 3:0.#} {plot.Top:0}l6 6m0 -6l-6 6\"/>"
            : Html.Empty;
        if (slowest is not { } latency)
            return $"<g><title>sample {number}: no answer</title>{cross}</g>";
        var y = Math.Min(plot.YOf(latency.TotalSeconds), Plot.Bottom - 1);
        return $"<g><title>sample {number}: {UnitText.Duration(latency)}</title><rect class=\"{(isRefused ? "f-bad" : "f-bar")}\" "
            + $"x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{Plot.Bottom - y:0.##}\"/>{cross}</g>";
    }

    private static Html Histogram(ProbeSummary probe, IReadOnlyList<LatencyLimit> limits)
    {
        double[] seconds = [.. probe.Samples.OfType<TimeSpan>().Select(sample => sample.TotalSeconds)];
        if (seconds.Length == 0)
            return Html.Empty;
        var plot = PlotOf(probe, limits, isUpright: false);
        var bins = plot.Scale.Bins(seconds, Bins);
        var width = (Plot.Right - Plot.Left) / Bins;
        var bars = Html.Each(bins.Index(), bin =>
        {
            var height = (Plot.Bottom - plot.Top) * bin.Item / bins.Max();
            return bin.Item == 0
                ? Html.Empty
                : $"<g><title>{StateWords.Count(bin.Item, "sample")}</title><rect class=\"f-bar\" "
                + $"x=\"{Plot.Left + (bin.Index * width):0.##}\" "
                    + $"y=\"{Plot.Bottom - height:0.##}\" width=\"{width - 1:0.##}\" height=\"{height:0.##}\"/></g>";
        });
        Figure[] percentiles = [.. probe.Figures.Where(figure => figure.Name is FigureNames.P50 or FigureNames.P95)];
        var lines = Html.Each(percentiles.Index(), entry =>
            plot.Line(entry.Item.Value, $"{entry.Item.Name} {entry.Item.Text}", "percentile",
            entry.Index));
        var accepted = Html.Each(limits.Take(1), limit => plot.Line(limit.Seconds, limit.Words, "limit", percentiles.Length));
        var words = $"How often each latency was seen, from {LatencyScale.Text(seconds.Min())} to {LatencyScale.Text(seconds.Max())}";
        Html most = $"<text class=\"muted end\" x=\"{Plot.Left - 5:0}\" y=\"{plot.Top + 8:0}\">{bins.Max():#,0}</text>";
        return plot.Figure($"{bars}{lines}{accepted}{most}", $"{words}{Logarithmic(plot)}", words);
    }

    private static Plot PlotOf(ProbeSummary probe, IReadOnlyList<LatencyLimit> limits, bool isUpright) => new(
        LatencyScale.Of(probe.Samples.OfType<TimeSpan>().Select(sample => sample.TotalSeconds), limits.Select(limit => limit.Seconds),
            fromZero: isUpright),
        isUpright);

    private static Html Logarithmic(Plot plot) => plot.Scale.IsLogarithmic ? $"; logarithmic scale" : Html.Empty;
}

/// <summary>Samples that a condition compares, drawn over each other.</summary>
internal static class ComparisonChart
{
    private const int Bins = 40;
    private static readonly string[] Colours = ["one", "two", "three", "four"];

    public static Html Of(CriterionVerdict criterion, Verdict verdict, ReportContext context)
    {
        var compared = ComparedSamples.In(criterion, verdict, context);
        if (compared is null)
            return Html.Empty;
        var plot = new Plot(compared.Scale, IsUpright: false);
        var highest = compared.Sides.SelectMany(side => Shares(side, plot)).Max();
        var sides = compared.Sides.Take(Colours.Length).ToArray();
        var areas = Html.Each(sides.Index(), entry =>
            (Html)$"<path class=\"side {Colours[entry.Index]}\" d=\"{Html.Trusted(Outline(Shares(entry.Item, plot), highest, plot))}\"/>");
        var medians = Html.Each(sides.Index(), entry => plot.Line(entry.Item.Median,
            $"{entry.Item.Name} p50 {LatencyScale.Text(entry.Item.Median)}", $"median {Colours[entry.Index]}", entry.Index));
        Html scale = plot.Scale.IsLogarithmic ? $"; logarithmic scale" : Html.Empty;
        var words = $"How often each latency was seen: {string.Join(" and ", sides.Select(side => side.Words))}";
        return plot.Figure($"{areas}{medians}", $"{words}{scale}", words);
    }

    private static double[] Shares(ComparedSide side, Plot plot) =>
        [.. plot.Scale.Bins(side.Seconds, Bins).Select(count => (double)count / side.Seconds.Count)];

    private static string Outline(double[] shares, double highest, Plot plot)
    {
        var path = new StringBuilder($"M{Plot.Left:0} {Plot.Bottom:0}");
        foreach (var (index, share) in shares.Index())
            path.Append($"V{Plot.Bottom - ((Plot.Bottom - plot.Top) * share / highest):0.#}"
                + $"H{Plot.Left + ((Plot.Right - Plot.Left) * (index + 1) / shares.Length):0.#}");
        return path.Append($"V{Plot.Bottom:0}Z").ToString();
    }
}
