using GateAction.Core.Model;

namespace GateAction.Sources;

/// <summary>The fact <c>latency</c>: percentiles by nearest rank, so that each is a time that was measured.</summary>
internal sealed class Latencies
{
    private readonly TimeSpan[] _sorted;

    /// <param name="samples">At least one.</param>
    public Latencies(TimeSpan[] samples)
    {
        _sorted = (TimeSpan[])samples.Clone();
        if (_sorted.Length > 1)
            Array.Sort(_sorted);
    }

    public static readonly Facts<Latencies> Facts = new Facts<Latencies>(
        "time from the start of a request to the last byte of its answer, opening a connection and redirects included; "
        + "of one sample all are the same, and a sample without an answer counts with the timeout")
        .Duration("min", "the shortest", samples => samples._sorted[0])
        .Duration("mean", "the mean", samples => TimeSpan.FromTicks((long)samples._sorted.Average(sample => (double)sample.Ticks)))
        .Duration("p50", "the median", samples => samples.Percentile(50)).AsFigure(FigureNames.P50, ofOne: FigureNames.Latency)
        .Duration("p90", "the 90th percentile", samples => samples.Percentile(90))
        .Duration("p95", "the 95th percentile", samples => samples.Percentile(95)).AsFigure(FigureNames.P95, ofOne: null)
        .Duration("p99", "the 99th percentile", samples => samples.Percentile(99))
        .Duration("max", "the longest", samples => samples._sorted[^1]).AsFigure(FigureNames.Max, ofOne: null);

    // Nearest rank: ceil(n · p / 100), in whole numbers, because a product of doubles may lie a little above one.
    private TimeSpan Percentile(int percent) => _sorted[(_sorted.Length * percent + 99) / 100 - 1];
}
