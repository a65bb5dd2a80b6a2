using System.Globalization;
using System.Text.Json;
using GateAction.Cel.Values;

namespace GateAction.Sources.Prometheus;

/// <summary>What Prometheus's query API answered (HTTP API v1, "Expression query result formats").</summary>
/// <param name="Warnings">Why the result may not be what was asked for: that it is partial, or that histograms and numbers were
/// mixed.</param>
/// <param name="Hints">What the API says beside it, such as that a function does not fit its metric.</param>
internal sealed record PrometheusAnswer(IReadOnlyList<PrometheusSeries> Series, IReadOnlyList<string> Warnings, IReadOnlyList<string> Hints)
{
    /// <summary>True if it gives samples over a time.</summary>
    public bool IsMatrix { get; private init; }

    /// <summary>Throws <see cref="NoEvidenceException"/> where the document is no such answer, or an error.</summary>
    public static PrometheusAnswer Parse(JsonElement root)
    {
        if (ErrorOf(root) is { } error)
            throw new NoEvidenceException($"Prometheus refused the query: {error}");
        if (root.TextAt("status") is not (null or "success") || root.TextAt("data", "resultType") is not { } type
            || root.At("data", "result") is not { ValueKind: JsonValueKind.Array } result)
            throw NotAnAnswer();
        // VictoriaMetrics says so in a field of its own.
        string[] partial = root.IsTrueAt("isPartial")
            ? ["the answer is partial: a part of the storage did not answer"]
            : [];
        return new(ReadSeries(type, result), [.. TextsOf(root, "warnings"), .. partial], [.. TextsOf(root, "infos")])
        {
            IsMatrix = type == "matrix",
        };
    }

    /// <summary>The API's own message (<c>bad_data: parse error …</c>); null where the document is no error.</summary>
    public static string? ErrorOf(JsonElement root)
    {
        if (root.TextAt("status") != "error")
            return null;
        var (type, message) = (root.TextAt("errorType") ?? "", root.TextAt("error") ?? "");
        return message.Length == 0 ? $"it gives no message {type}".TrimEnd() : type.Length == 0 ? message : $"{type}: {message}";
    }

    private static PrometheusSeries[] ReadSeries(string type, JsonElement result)
    {
        try
        {
            return type switch
            {
                "vector" => [.. result.EnumerateArray().Select(series => new PrometheusSeries(LabelsOf(series), SampleOf(series))
                { IsHistogram = series.TryGetProperty("histogram", out _) })],
                "matrix" => [.. result.EnumerateArray().Select(series => new PrometheusSeries(LabelsOf(series), SamplesOf(series))
                { IsHistogram = series.TryGetProperty("histograms", out _) })],
                "scalar" => [new([], [ReadSample(result)])],
                _ => throw new NoEvidenceException(
                    $"the query gives a {type}, which is no measurement; a vector, a scalar or a range is accepted"),
            };
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or KeyNotFoundException or ArgumentException or IndexOutOfRangeException
                or FormatException)
        {
            throw NotAnAnswer(exception);
        }
    }

    private static (string, string)[] LabelsOf(JsonElement series) =>
        [.. series.GetProperty("metric").EnumerateObject().Select(label => (label.Name, label.Value.GetString() ?? ""))];

    // A native histogram stands under "histogram": it has no single value, so the series has no sample.
    private static PrometheusSample[] SampleOf(JsonElement series) =>
        series.TryGetProperty("value", out var value) ? [ReadSample(value)] : [];

    private static PrometheusSample[] SamplesOf(JsonElement series) =>
        series.TryGetProperty("values", out var values) ? [.. values.EnumerateArray().Select(ReadSample)] : [];

    private static PrometheusSample ReadSample(JsonElement sample)
    {
        // Seconds with a fraction, rounded to the milliseconds that Prometheus keeps.
        var at = DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round(sample[0].GetDouble() * 1000));
        // A text, because JSON has neither NaN nor infinities.
        var text = sample[1].GetString();
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return new(at, isNumber && double.IsFinite(number) ? number : isNumber || text is "+Inf" or "-Inf" or "Inf" or "NaN"
            ? null
            : throw new FormatException());
    }

    private static IEnumerable<string> TextsOf(JsonElement root, string name) =>
        root.TextAt(name) is { } text ? [text] : root.ItemsAt(name).Select(item => item.TextAt()).OfType<string>();

    private static NoEvidenceException NotAnAnswer(Exception? inner = null) =>
        new("the answer is not that of Prometheus's query API; give the address before '/api/v1' as 'url'", inner);
}

/// <summary>One sample; NaN and infinities are no measurement, so their value is null.</summary>
internal readonly record struct PrometheusSample(DateTimeOffset At, double? Value);

/// <summary>A time series: the labels that name it, in the order of the answer, and its samples in order of time.</summary>
internal sealed record PrometheusSeries(IReadOnlyList<(string Name, string Value)> Labels, IReadOnlyList<PrometheusSample> Samples)
{
    /// <summary>True where samples are native histograms, which have no single value.</summary>
    public bool IsHistogram { get; init; }

    /// <summary>
    /// The series of a range with a gap (a sample without a value) for each step at which no sample came. Steps are counted from the
    /// samples' own times, because some servers move them to whole steps. No sample is left out, also where several came for one step.
    /// </summary>
    public PrometheusSeries WithGaps(DateTimeOffset start, DateTimeOffset end, TimeSpan step)
    {
        if (Samples.Count == 0)
            return this;
        // The bounds are sent in whole milliseconds, so the first and the last sample may lie a little beside them.
        var tolerance = step / 100;
        var first = Samples[0].At;
        var filled = Samples.Select(sample => (long)Math.Round((sample.At - first) / step)).ToHashSet();
        var gaps = new List<PrometheusSample>();
        for (var number = (long)Math.Ceiling((start - tolerance - first) / step); first + (step * number) <= end + tolerance; number++)
        {
            if (!filled.Contains(number))
                gaps.Add(new(first + (step * number), null));
        }
        return this with { Samples = [.. Samples.Concat(gaps).OrderBy(sample => sample.At)] };
    }

    /// <summary>The same for two answers that name the labels in another order.</summary>
    public string Key => string.Join('\n', Labels.Select(label => $"{label.Name}={label.Value}").Order(StringComparer.Ordinal));

    /// <summary>As Prometheus writes it: <c>up{job="api"}</c>.</summary>
    public override string ToString()
    {
        var name = Labels.FirstOrDefault(label => label.Name == "__name__").Value ?? "";
        return $"{name}{{"
            + $"{string.Join(", ", Labels.Where(label => label.Name != "__name__").Select(label => $"{label.Name}=\"{label.Value}\""))}}}";
    }
}
