using GateAction.Cel.Values;

namespace GateAction.Core.Reports;

/// <summary>An axis of latencies in seconds. Where one of them would flatten all others it is logarithmic.</summary>
internal sealed class LatencyScale
{
    /// <summary>How far the largest may lie above the middle before the rest can no longer be told apart.</summary>
    private const double Flattening = 8;

    private const double Least = 1e-7;

    /// <summary>Thirty years; what is longer comes of a damaged file.</summary>
    private const double Most = 1e9;

    private static readonly double[] Steps = [1, 2, 5, 10];

    private LatencyScale(double from, double to, bool isLogarithmic, IReadOnlyList<double> ticks) =>
        (From, To, IsLogarithmic, Ticks) = (from, to, isLogarithmic, ticks);

    public double From { get; }

    public double To { get; }

    public bool IsLogarithmic { get; }

    /// <summary>Round values between the ends.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <param name="limits">What is to be seen beside the samples.</param>
    /// <param name="fromZero">True if lengths are compared, so that half as long is half as slow.</param>
    public static LatencyScale Of(IEnumerable<double> samples, IEnumerable<double> limits, bool fromZero)
    {
        double[] sorted = [.. samples.Where(double.IsFinite).Select(sample => Math.Clamp(sample, Least, Most)).Order()];
        if (sorted.Length == 0)
            sorted = [Least];
        double[] all = [.. sorted, .. limits.Where(limit => limit > 0).Select(limit => Math.Clamp(limit, Least, Most))];
        return all.Max() > Flattening * sorted[sorted.Length / 2] ? Logarithmic(all.Min(), all.Max())
            : Linear(fromZero ? 0 : sorted[0], all.Max());
    }

    /// <summary>From 0 at the one end to 1 at the other.</summary>
    public double At(double seconds)
    {
        var place = IsLogarithmic
            ? Math.Log(Math.Clamp(seconds, Least, Most) / From) / Math.Log(To / From)
            : (Math.Clamp(seconds, 0, Most) - From) / (To - From);
        return double.IsFinite(place) ? Math.Clamp(place, 0, 1) : 0;
    }

    /// <summary>How many samples lie in each of so many stretches of equal length.</summary>
    public int[] Bins(IEnumerable<double> samples, int count)
    {
        var bins = new int[count];
        foreach (var sample in samples)
            bins[(int)Math.Min(count - 1, At(sample) * count)]++;
        return bins;
    }

    public static string Text(double seconds) => UnitText.Duration(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Most)));

    private static LatencyScale Linear(double low, double high)
    {
        // A millionth of the value at least: numbers that lie nearer to each other cannot be counted through.
        var raw = Math.Max(high - low, Math.Max(Least, high * 1e-6)) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        // 1, 2, 5 or 10 times a power of ten, so that the numbers at the axis are round.
        var step = power * Steps.First(step => step * power >= raw * 0.999);
        var (first, last) = (Math.Floor(low / step), Math.Max(Math.Ceiling((high / step) - 1e-9), Math.Floor(low / step) + 1));
        return new(first * step, last * step, false, [.. Range(first, last).Select(tick => tick * step)]);
    }

    /// <summary>A tick at each decade, and between them where there are few.</summary>
    private static LatencyScale Logarithmic(double low, double high)
    {
        double[] marks = [.. Range(Math.Floor(Math.Log10(low)), Math.Ceiling(Math.Log10(high)))
            .SelectMany(decade => Steps.SkipLast(1).Select(step => step * Math.Pow(10, decade)))];
        var from = marks.Last(mark => mark <= low * 1.001);
        var to = marks.FirstOrDefault(mark => mark >= high * 0.999, high);
        double[] ticks = [.. marks.Where(mark => mark >= from * 0.999 && mark <= to * 1.001)];
        return new(from, to, true, ticks.Length <= 6 ? ticks : [.. ticks.Where((_, at) => at % ((ticks.Length + 5) / 6) == 0)]);
    }

    private static IEnumerable<double> Range(double first, double last)
    {
        for (var at = first; at <= last; at++)
            yield return at;
    }
}
