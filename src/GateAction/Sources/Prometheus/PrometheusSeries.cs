namespace GateAction.Sources.Prometheus;

/// <summary>One sample; NaN and infinities are no measurement, so their value is null.</summary>
internal readonly record struct PrometheusSample(DateTimeOffset At, double? Value);

/// <summary>A time series: the labels that name it, in the order of the answer, and its samples in order of time.</summary>
internal sealed record PrometheusSeries(IReadOnlyList<(string Name, string Value)> Labels, IReadOnlyList<PrometheusSample> Samples)
{
    /// <summary>
    /// The series of a range with a gap (a sample without a value) for each step at which no sample came. Steps are counted from the
    /// samples' own times, because some servers move them to whole steps.
    /// </summary>
    public PrometheusSeries WithGaps(DateTimeOffset start, DateTimeOffset end, TimeSpan step)
    {
        if (Samples.Count == 0)
            return this;
        var tolerance = step / 100;
        var first = Samples[0].At;
        var steps = new SortedDictionary<long, PrometheusSample>();
        for (var number = (long)Math.Ceiling((start - tolerance - first) / step); first + (step * number) <= end + tolerance; number++)
            steps[number] = new(first + (step * number), null);
        foreach (var sample in Samples)
            steps[(long)Math.Round((sample.At - first) / step)] = sample;
        return this with { Samples = [.. steps.Values] };
    }

    /// <summary>As Prometheus writes it: <c>up{job="api"}</c>.</summary>
    public override string ToString()
    {
        var name = Labels.FirstOrDefault(label => label.Name == "__name__").Value ?? "";
        return $"{name}{{"
            + $"{string.Join(", ", Labels.Where(label => label.Name != "__name__").Select(label => $"{label.Name}=\"{label.Value}\""))}}}";
    }
}
