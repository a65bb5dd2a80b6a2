namespace GateAction.Sources.Prometheus;

/// <summary>One sample; NaN and infinities are no measurement, so their value is null.</summary>
internal readonly record struct PrometheusSample(DateTimeOffset At, double? Value);

/// <summary>A time series: the labels that name it, in the order of the answer, and its samples in order of time.</summary>
internal sealed record PrometheusSeries(IReadOnlyList<(string Name, string Value)> Labels, IReadOnlyList<PrometheusSample> Samples)
{
    /// <summary>As Prometheus writes it: <c>up{job="api"}</c>.</summary>
    public override string ToString()
    {
        var name = Labels.FirstOrDefault(label => label.Name == "__name__").Value ?? "";
        return $"{name}{{{string.Join(", ", Labels.Where(label => label.Name != "__name__").Select(label => $"{label.Name}=\"{label.Value}\""))}}}";
    }
}
