using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Prometheus;

/// <summary>The facts of a query's series. What was not measured is absent or null, so that no condition can hold over it.</summary>
internal static class PrometheusFacts
{
    private static readonly (string, FactType)[] OfSeries =
    [
        ("value", FactType.Number("the newest sample; absent where it is NaN, infinite or missing")),
        ("samples", FactType.List("every sample in order of time, null where it is NaN, infinite or missing", FactType.Number("one sample"))),
        ("min", FactType.Number("the least sample; absent where one of them is null")),
        ("mean", FactType.Number("the mean of the samples; absent where one of them is null")),
        ("max", FactType.Number("the greatest sample; absent where one of them is null")),
        ("missing", FactType.Int("how many samples the query should have given and did not, or gave as NaN or infinite")),
    ];

    public static FactType Type { get; } = ProbeOptions.FactsWith(
        [
            .. OfSeries,
            ("count", FactType.Int("how many series the query gave; value, samples, min, mean, max and missing are those of the only one")),
            ("series", FactType.List("the series", FactType.Object("one series", [("labels", FactType.Map("its labels", FactType.String("a label's value"))), .. OfSeries]))),
            ("warnings", FactType.List("what the API warned of, such as a partial answer", FactType.String("one warning"))),
        ]);

    /// <param name="expected">How many samples each series should have.</param>
    public static IReadOnlyList<(string, Value)> Of(IReadOnlyList<PrometheusSeries> series, int expected, IReadOnlyList<string> warnings) =>
    [
        .. series.Count == 1 ? FactsOf(series[0], expected) : [],
        ("count", Value.Int(series.Count)),
        ("series", Value.List(series.Select(one => Value.Map([("labels", LabelsOf(one)), .. FactsOf(one, expected)])).ToArray())),
        ("warnings", Value.List(warnings)),
    ];

    /// <summary>Why there is nothing, or no single value; null where there is.</summary>
    public static (Outcome Outcome, string? Reason) Judge(IReadOnlyList<PrometheusSeries> series)
    {
        if (series.Count == 0)
            return (Outcome.Unknown, "no data: the query gave no series; check the metric's name, its labels and whether it is scraped");
        if (series.All(one => one.Samples.Count == 0))
            return (Outcome.Unknown, "no data: the query gives native histograms, which have no single value; apply histogram_quantile() or histogram_avg()");
        if (series.All(one => one.Samples.All(sample => sample.Value is null)))
            return (Outcome.Unknown, "no data: every value of the query is NaN or infinite (a division by zero, or a rate over too few samples)");
        if (series.Count > 1)
            return (Outcome.Measured, $"the query gave {series.Count} series, so it has no single value; aggregate them, as in max(…), or use 'series'");
        return (Outcome.Measured, series[0].Samples[^1].Value is null ? "the newest value of the query is NaN or infinite" : null);
    }

    private static Value LabelsOf(PrometheusSeries series) =>
        Value.Map(series.Labels.DistinctBy(label => label.Name).Select(label => (label.Name, Value.String(label.Value))));

    private static IEnumerable<(string, Value)> FactsOf(PrometheusSeries series, int expected)
    {
        var samples = series.Samples;
        if (samples.Count > 0 && samples[^1].Value is { } newest)
            yield return ("value", Value.Double(newest));
        yield return ("samples", Value.List(samples.Select(sample => sample.Value is { } value ? Value.Double(value) : Value.Null).ToArray()));
        var numbers = samples.Where(sample => sample.Value is not null).Select(sample => sample.Value!.Value).ToArray();
        if (numbers.Length > 0 && numbers.Length == samples.Count)
        {
            yield return ("min", Value.Double(numbers.Min()));
            yield return ("mean", Value.Double(numbers.Average()));
            yield return ("max", Value.Double(numbers.Max()));
        }
        yield return ("missing", Value.Int(Math.Max(0, expected - numbers.Length)));
    }
}
