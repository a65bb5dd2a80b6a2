using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Prometheus;

/// <summary>The facts of a query's series. What was not measured is absent or null, so that no condition can hold over it.</summary>
internal static class PrometheusFacts
{
    private static readonly Facts<SeriesRead> OfSeries = new Facts<SeriesRead>()
        .Number("value",
        "the newest sample; absent if it is NaN, infinite or missing. A condition over several `samples` must hold for that of each",
        read => read.Newest).AsFigure()
        .List(
            "samples",
            "every sample in order of time, null if it is NaN, infinite or missing",
            FactType.Number("one sample"),
            read => read.Samples.Select(sample => sample.Value is { } value ? Value.Double(value) : Value.Null))
        .Number("min", "the least sample; absent if more of them are null than `allow-missing` says", read => read.Whole?.Min())
        .Number("mean", "the mean of the samples; absent likewise", read => read.Whole?.Average())
        .Number("max", "the greatest sample; absent likewise", read => read.Whole?.Max())
        .Duration(
            "age",
            "how old the newest sample with a value is, by the time that the server gives it; for the value of now that is the time of "
            + "the question",
            read => read.Age)
        .Int(
            "missing",
            "how many samples the query should have given and did not, or gave as NaN or infinite",
            read => Math.Max(read.Samples.Count - read.Numbers.Length, read.Probe.ExpectedSamples - read.Numbers.Length));

    private static readonly Facts<SeriesRead> OneSeries = new Facts<SeriesRead>("one series")
        .Map("labels", "its labels", FactType.String("a label's value"), read => read.Labels)
        .Include(OfSeries, read => read);

    public static readonly Facts<PrometheusRead> Facts = new Facts<PrometheusRead>()
        .Include(OfSeries, read => read.Only)
        .Int(
            "count",
            "how many series the query gave, of several `samples` each time; value, samples, min, mean, max and missing are those of the "
            + "only one",
            read => read.Series.Count)
        .List("series", "the series", OneSeries, read => read.Series)
        .Texts("warnings", "what the API warned of, such as a partial answer", "one warning", read => read.Warnings);

    /// <summary>What one answer of several shows.</summary>
    /// <param name="own">The facts of this answer alone.</param>
    /// <param name="series">Those of all answers, as of this one.</param>
    public static Value OfSample(Value own, IEnumerable<SeriesRead> series, bool withSamples) => Value.Map(
        own.AsMap.Entries.Select(fact => (fact.Key.AsString, fact.Value)).Where(fact => fact.AsString is "value" or "count" or "warnings")
            .Append(("series", Value.List(series.Select(OneSeries.Of)
                .Select(facts => withSamples ? facts : Value.Map(facts.AsMap.Entries.Select(fact => (fact.Key.AsString, fact.Value))
                    .Where(fact => fact.AsString != "samples"))).ToArray()))));

    /// <summary>Why there is nothing, or no single value; null where there is.</summary>
    public static (Outcome Outcome, string? Reason) Judge(IReadOnlyList<PrometheusSeries> series, PrometheusProbe probe)
    {
        if (series.Count == 0)
            return (Outcome.Unknown, "no data: the query gave no series; check the metric's name, its labels and whether it is scraped");
        if (series.All(one => one is { Samples.Count: 0, IsHistogram: false }))
            return (Outcome.Unknown, "no data: the query gave series without a sample; check whether the metric is scraped in that time");
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
}

/// <summary>What the facts of a <c>prometheus</c> probe are made of.</summary>
internal sealed record PrometheusRead(IReadOnlyList<SeriesRead> Series, IReadOnlyList<string> Warnings)
{
    /// <summary>The only series; null where there are none or several.</summary>
    public SeriesRead? Only => Series.Count == 1 ? Series[0] : null;
}

/// <summary>One series as facts show it.</summary>
internal sealed record SeriesRead(PrometheusSeries Series, PrometheusProbe Probe, DateTimeOffset Now)
{
    public IReadOnlyList<PrometheusSample> Samples => Series.Samples;

    public IEnumerable<(string, Value)> Labels =>
        Series.Labels.DistinctBy(label => label.Name).Select(label => (label.Name, Value.String(label.Value)));

    /// <summary>Which sample <see cref="Newest"/> is; null for the last.</summary>
    public int? Number { get; init; }

    public double? Newest => Samples.Count > 0 ? Samples[Number ?? ^1].Value : null;

    public double[] Numbers { get; } = [.. Series.Samples.Select(sample => sample.Value).OfType<double>()];

    /// <summary>The numbers, if no more are missing than may be.</summary>
    public double[]? Whole => Numbers.Length > 0 && Samples.Count - Numbers.Length <= Probe.AllowMissing ? Numbers : null;

    // A sample has the time of its evaluation, not of its scrape: Prometheus looks back for a value, five minutes if not told
    // otherwise (--query.lookback-delta). Two clocks may differ, but no age is negative.
    public TimeSpan? Age =>
        Samples.Where(sample => sample.Value is not null).Select(sample => (DateTimeOffset?)sample.At).LastOrDefault() is { } last
            ? last < Now ? Now - last : TimeSpan.Zero
            : null;
}
