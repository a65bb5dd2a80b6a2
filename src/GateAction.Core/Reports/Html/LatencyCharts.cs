using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>The samples of one probe as pictures; each says in words what it shows.</summary>
internal static class LatencyCharts
{
    private const double Width = 480;
    private const double Height = 120;
    private const int Bins = 16;
    private const int MostBars = 240;

    public static string OverTime(ProbeSummary probe)
    {
        var slowest = Math.Max(0.000001, (probe.Samples.Max() ?? TimeSpan.Zero).TotalSeconds);
        var count = Math.Min(probe.Samples.Count, MostBars);
        var bars = new StringBuilder();
        for (var index = 0; index < count; index++)
        {
            TimeSpan?[] part = [.. probe.Samples.Skip(index * probe.Samples.Count / count)
                .Take(Math.Max(1, ((index + 1) * probe.Samples.Count / count) - (index * probe.Samples.Count / count)))];
            var failed = part.Any(sample => sample is null);
            var height = failed ? Height : Math.Max(1, Height * part.Max()!.Value.TotalSeconds / slowest);
            bars.Append(
                $"<rect class=\"{(failed ? "f-bad" : "f-bar")}\" x=\"{Width * index / count:0.##}\" y=\"{Height - height:0.##}\" "
                + $"width=\"{Math.Max(0.5, (Width / count) - 1):0.##}\" height=\"{height:0.##}\"/>");
        }
        var failures = probe.Samples.Count(sample => sample is null);
        return Figure(bars,
            $"{probe.Samples.Count:#,0} samples in order, slowest "
            + $"{UnitText.Duration(TimeSpan.FromSeconds(slowest))}{(failures > 0 ? $", {failures} failed (red)" : "")}");
    }

    public static string Histogram(ProbeSummary probe)
    {
        var seconds = probe.Samples.OfType<TimeSpan>().Select(sample => sample.TotalSeconds).ToArray();
        if (seconds.Length == 0)
            return "";
        var (from, to) = (seconds.Min(), seconds.Max());
        var bins = new int[Bins];
        foreach (var one in seconds)
            bins[to > from ? (int)Math.Min(Bins - 1, (one - from) / (to - from) * Bins) : 0]++;
        var bars = new StringBuilder();
        for (var index = 0; index < Bins; index++)
        {
            var height = Height * bins[index] / bins.Max();
            bars.Append(
                $"<rect class=\"f-bar\" x=\"{Width * index / Bins:0.##}\" y=\"{Height - height:0.##}\" "
                + $"width=\"{(Width / Bins) - 2:0.##}\" height=\"{height:0.##}\"/>");
        }
        return Figure(bars,
            $"How often each latency was seen, from {UnitText.Duration(TimeSpan.FromSeconds(from))} to "
            + $"{UnitText.Duration(TimeSpan.FromSeconds(to))}");
    }

    private static string Figure(StringBuilder bars, string words) =>
        $"<figure><svg viewBox=\"0 0 {Width:0} {Height:0}\" role=\"img\" "
        + $"aria-label=\"{HtmlText.Line(words)}\">{bars}</svg><figcaption>{HtmlText.Line(words)}</figcaption></figure>";
}
