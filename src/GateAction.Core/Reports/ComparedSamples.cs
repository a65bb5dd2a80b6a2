using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>The latencies that a condition compares with <c>slower_by</c> or <c>compare</c>, on one scale.</summary>
internal sealed record ComparedSamples(IReadOnlyList<ComparedSide> Sides, LatencyScale Scale)
{
    /// <summary>Null for a condition that compares none.</summary>
    public static ComparedSamples? In(CriterionVerdict criterion, Verdict verdict, ReportContext context)
    {
        if (!criterion.Facts.Any(fact => fact.Fact == FactNames.Latencies))
            return null;
        ComparedSide[] sides =
        [
            .. criterion.Facts.Where(fact => fact.Fact == FactNames.Latencies && fact.Probe != GateVariables.Baseline)
                .SelectMany(fact => verdict.Probes.Where(probe => probe.Name == fact.Probe))
                .Select(probe => new ComparedSide(probe.Name, Seconds(probe.Samples))),
            .. criterion.Facts.Where(fact => fact.Probe == GateVariables.Baseline && context.BaselineSamples.ContainsKey(fact.Fact))
                .Select(fact => new ComparedSide($"{GateVariables.Baseline}.{fact.Fact}", Seconds(context.BaselineSamples[fact.Fact]))),
        ];
        // One sample is no distribution.
        sides = [.. sides.Where(side => side.Seconds.Count > 1)];
        return sides.Length < 2 ? null : new(sides, LatencyScale.Of(sides.SelectMany(side => side.Seconds), [], fromZero: false));
    }

    private static double[] Seconds(IReadOnlyList<TimeSpan?> samples) =>
        [.. samples.OfType<TimeSpan>().Select(sample => sample.TotalSeconds)];
}

/// <summary>One of them.</summary>
/// <param name="Seconds">Those that were answered.</param>
internal sealed record ComparedSide(string Name, IReadOnlyList<double> Seconds)
{
    public double Median => Seconds.Order().ElementAt(Seconds.Count / 2);

    public string Words => $"{Name} ({StateWords.Count(Seconds.Count, "sample")}, p50 {LatencyScale.Text(Median)})";
}

/// <summary>What a criterion accepts of a probe's latency: <c>p95 &lt; 500ms</c>.</summary>
internal sealed record LatencyLimit(string Words, double Seconds)
{
    public static IReadOnlyList<LatencyLimit> In(IEnumerable<CriterionVerdict> criteria, ProbeSummary probe) =>
    [
        .. criteria.SelectMany(criterion => criterion.Explanation)
            .Select(part => part is { Actual: { Name: { } name } actual, Operator: { } comparison, Limit: { Value: { } limit } accepted }
                && limit.Kind == ValueKind.Duration && actual.Expression == $"{probe.Name}.{FigureNames.Latency}.{name}"
                && MeasuredFigures.NumberOf(limit) is > 0 and var seconds
                    ? new LatencyLimit($"{name} {comparison} {accepted.Text}", seconds)
                    : null)
            .OfType<LatencyLimit>()
            .Distinct(),
    ];
}
