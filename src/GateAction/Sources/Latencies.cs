using GateAction.Cel.Values;

namespace GateAction.Sources;

/// <summary>The fact <c>latency</c>: percentiles by nearest rank, so that each is a time that was measured.</summary>
internal static class Latencies
{
    public static readonly FactType Type = FactType.Object(
        "time from the start of a request to the last byte of its answer, opening a connection and redirects included; of one sample all "
        + "are the same, and a sample without an answer counts with the timeout",
        ("min", FactType.Duration("the shortest")),
        ("mean", FactType.Duration("the mean")),
        ("p50", FactType.Duration("the median")),
        ("p90", FactType.Duration("the 90th percentile")),
        ("p95", FactType.Duration("the 95th percentile")),
        ("p99", FactType.Duration("the 99th percentile")),
        ("max", FactType.Duration("the longest")));

    public static Value Of(TimeSpan[] samples)
    {
        var sorted = (TimeSpan[])samples.Clone();
        if (sorted.Length > 1)
            Array.Sort(sorted);
        return Value.Map(
            ("min", Value.Duration(sorted[0])),
            ("mean", Value.Duration(TimeSpan.FromTicks((long)sorted.Average(sample => (double)sample.Ticks)))),
            ("p50", Value.Duration(Percentile(sorted, 50))),
            ("p90", Value.Duration(Percentile(sorted, 90))),
            ("p95", Value.Duration(Percentile(sorted, 95))),
            ("p99", Value.Duration(Percentile(sorted, 99))),
            ("max", Value.Duration(sorted[^1])));
    }

    private static TimeSpan Percentile(TimeSpan[] sorted, int percent) => sorted[(sorted.Length * percent + 99) / 100 - 1];
}
