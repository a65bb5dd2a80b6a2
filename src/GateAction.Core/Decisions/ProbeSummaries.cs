using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>What the reports show of each measurement, so that a verdict can be reported without its evidence.</summary>
internal static class ProbeSummaries
{
    public static IReadOnlyList<ProbeSummary> Of(Evidence evidence, Evidence? baseline) =>
        [.. evidence.Measurements.Select(entry => Of(entry.Key, entry.Value, baseline?.Measurements.GetValueOrDefault(entry.Key)))];

    public static ProbeSummary Of(string name, Measurement measurement, Measurement? baseline) => new(
        name,
        measurement.Kind,
        measurement.Subject,
        measurement.Outcome,
        measurement.Reason,
        measurement.Caveat,
        measurement.Duration,
        Figures(measurement, baseline?.Facts ?? Value.Null),
        measurement.Samples ?? [],
        measurement.Details ?? [])
    {
        FailingTests = measurement.Content is TestContent { Counts: var counts } ? counts.Failed + counts.Errors : null,
    };

    /// <summary>A single look has one latency: its percentiles are all the same and would say more than is known.</summary>
    private static Figure[] Figures(Measurement measurement, Value baseline)
    {
        var isOne = measurement.Samples is { Count: 1 };
        return
        [
            .. MeasuredFigures.Of(measurement)
                .Where(figure => !(isOne && figure.Rule.OfOne is null) && !(figure.Value == 0 && figure.Rule.HidesZero))
                .OrderBy(figure => figure.Rule.IsLast)
                .Select(figure => Of(figure, isOne, baseline)),
        ];
    }

    private static Figure Of(MeasuredFigure figure, bool isOne, Value baseline)
    {
        var name = isOne && figure.Rule.OfOne is { Length: > 0 } other ? other : figure.Rule.Name;
        return new(name, figure.Value, Write(figure),
            figure.ValueIn(baseline) is > 0 and var before ? (figure.Value - before) / before : null)
        {
            Fact = figure.Path[0],
        };
    }

    private static string Write(MeasuredFigure figure) => figure.Kind switch
    {
        // A TimeSpan has an end, and a damaged file may claim any time.
        FactKind.Duration => UnitText.Duration(TimeSpan.FromSeconds(Math.Clamp(figure.Value, -1e9, 1e9))),
        FactKind.Ratio => UnitText.Ratio(figure.Value),
        FactKind.Size => UnitText.Size(figure.Value),
        FactKind.Int => figure.Value.ToString("#,0.###"),
        _ => figure.Value.ToString("G6"),
    };
}
