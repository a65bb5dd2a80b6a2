using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>Latencies of everything that has them, with the course of the samples and the difference to the baseline.</summary>
internal static class PerformanceSection
{
    private static readonly string[] Columns = [FigureNames.P50, FigureNames.P95, FigureNames.Max, FigureNames.Availability];

    public static Section Of(Verdict verdict)
    {
        var probes = verdict.Probes.Where(probe => Find(probe, FigureNames.P95) is not null || Find(probe, FigureNames.Latency) is not null)
            .ToArray();
        var against = probes.Any(probe => probe.Figures.Any(figure => figure.Change is not null));
        MarkdownText head = against
            ? (MarkdownText)$"| Probe | Samples | p50 | p95 | max | available | p95 against baseline |\n|:--|:--|--:|--:|--:|--:|--:|\n"
            : $"| Probe | Samples | p50 | p95 | max | available |\n|:--|:--|--:|--:|--:|--:|\n";
        MarkdownText[] items =
            [.. probes.Select((probe, index) => MarkdownText.Concat([index == 0 ? head : MarkdownText.Empty, Row(probe, against)]))];
        return CriteriaSections.Folded("performance", 6, $"⏱️ Performance of {StateWords.Count(probes.Length, "probe")}", items);
    }

    private static MarkdownText Row(ProbeSummary probe, bool against)
    {
        var cells = Columns.Select(column => Cell(probe, column)).ToArray();
        MarkdownText change = against
            ? $" {Against(Find(probe, FigureNames.P95) ?? Find(probe, FigureNames.Latency))} |"
            : MarkdownText.Empty;
        return $"| {MarkdownText.Code(probe.Name, 60)} | {Samples(probe)} | {MarkdownText.Join($" | ", cells)} |{change}\n";
    }

    private static MarkdownText Cell(ProbeSummary probe, string column)
    {
        var figure = Find(probe, column) ?? (column == FigureNames.P50 ? Find(probe, FigureNames.Latency) : null);
        return figure is null ? $"–" : MarkdownText.Text(figure.Text, 20);
    }

    private static string Samples(ProbeSummary probe)
    {
        var line = Sparkline.Of(probe.Samples);
        return line.Length == 0 ? "1" : $"{line} {probe.Samples.Count:#,0}";
    }

    private static string Against(Figure? figure) => figure switch
    {
        // It would read as 0%.
        { Change: { } change } when Math.Abs(change) < 0.005 => "same",
        { Change: { } change } => $"{StateWords.Change(figure.Change).Trim()} {(change > 0 ? "slower" : "faster")}",
        _ => "–",
    };

    private static Figure? Find(ProbeSummary probe, string name) => probe.Figures.FirstOrDefault(figure => figure.Name == name);
}
