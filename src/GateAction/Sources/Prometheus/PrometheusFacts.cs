using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Prometheus;

/// <summary>The facts of a query's series. What was not measured is absent or null, so that no condition can hold over it.</summary>
internal static class PrometheusFacts
{
    private static readonly (string, FactType)[] OfSeries =
    [
        ("value", FactType.Number("the newest sample; absent where it is NaN, infinite or missing")),
        ("samples", FactType.List("every sample in order of time, null where it is NaN, infinite or missing",
            FactType.Number("one sample"))),
        ("min", FactType.Number("the least sample; absent where more of them are null than `allow-missing` says")),
        ("mean", FactType.Number("the mean of the samples; absent likewise")),
        ("max", FactType.Number("the greatest sample; absent likewise")),
        ("age", FactType.Duration(
            "how old the newest sample with a value is, by the time that the server gives it; for the value of now that is the time of "
            + "the question")),
        ("missing", FactType.Int("how many samples the query should have given and did not, or gave as NaN or infinite")),
    ];

    public static FactType Type { get; } = ProbeOptions.FactsWith(
        [
            .. OfSeries,
            ("count", FactType.Int("how many series the query gave; value, samples, min, mean, max and missing are those of the only one")),
            ("series", FactType.List("the series",
                FactType.Object("one series", [("labels", FactType.Map("its labels", FactType.String("a label's value"))), .. OfSeries]))),
            ("warnings", FactType.List("what the API warned of, such as a partial answer", FactType.String("one warning"))),
        ]);

    public static IReadOnlyList<(string, Value)> Of(IReadOnlyList<PrometheusSeries> series, PrometheusProbe probe, DateTimeOffset now,
        IReadOnlyList<string> warnings) =>
    [
        .. series.Count == 1 ? FactsOf(series[0], probe, now) : [],
        ("count", Value.Int(series.Count)),
        ("series", Value.List(series.Select(one => Value.Map([("labels", LabelsOf(one)), .. FactsOf(one, probe, now)])).ToArray())),
        ("warnings", Value.List(warnings)),
    ];

    /// <summary>Why there is nothing, or no single value; null where there is.</summary>
    public static (Outcome Outcome, string? Reason) Judge(IReadOnlyList<PrometheusSeries> series, PrometheusProbe probe)
    {
        if (series.Count == 0)
            return (Outcome.Unknown, "no data: the query gave no series; check the metric's name, its labels and whether it is scraped");
        if (series.All(one => one.Samples.Count == 0))
            return (Outcome.Unknown,
                "no data: the query gives native histograms, which have no single value; apply histogram_quantile() or histogram_avg()");
        if (series.All(one => one.Samples.All(sample => sample.Value is null)))
            return (Outcome.Unknown,
                "no data: every value of the query is NaN or infinite (a division by zero, or a rate over too few samples)");
        if (series.Count > 1)
            return (Outcome.Measured,
                $"the query gave {series.Count} series, so it has no single value; aggregate them, as in max(…), or use 'series'");
        var samples = series[0].Samples;
        var gaps = samples.Count(sample => sample.Value is null);
        var newest = samples[^1].Value is null ? "the newest sample is missing, NaN or infinite, so there is no 'value'" : null;
        var others = gaps > probe.AllowMissing
            ? $"{gaps} of {samples.Count} samples are missing, NaN or infinite, so there is no 'min', 'mean' and 'max'; 'allow-missing' "
            + "says how many may be"
            : null;
        return (Outcome.Measured, string.Join("; ", new[] { newest, others }.OfType<string>()) is { Length: > 0 } reason ? reason : null);
    }

    private static Value LabelsOf(PrometheusSeries series) =>
        Value.Map(series.Labels.DistinctBy(label => label.Name).Select(label => (label.Name, Value.String(label.Value))));

    private static IEnumerable<(string, Value)> FactsOf(PrometheusSeries series, PrometheusProbe probe, DateTimeOffset now)
    {
        var samples = series.Samples;
        if (samples.Count > 0 && samples[^1].Value is { } newest)
            yield return ("value", Value.Double(newest));
        yield return ("samples",
            Value.List(samples.Select(sample => sample.Value is { } value ? Value.Double(value) : Value.Null).ToArray()));
        var numbers = samples.Where(sample => sample.Value is not null).Select(sample => sample.Value!.Value).ToArray();
        if (numbers.Length > 0 && samples.Count - numbers.Length <= probe.AllowMissing)
        {
            yield return ("min", Value.Double(numbers.Min()));
            yield return ("mean", Value.Double(numbers.Average()));
            yield return ("max", Value.Double(numbers.Max()));
        }
        yield return ("missing", Value.Int(Math.Max(0, probe.ExpectedSamples - numbers.Length)));
        if (samples.Where(sample => sample.Value is not null).Select(sample => (DateTimeOffset?)sample.At).LastOrDefault() is { } last)
            yield return ("age", Value.Duration(last < now ? now - last : TimeSpan.Zero));
    }
}
