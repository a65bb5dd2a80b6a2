namespace GateAction.Cel.Functions;

/// <summary>An estimate between the ends of its interval.</summary>
internal readonly record struct Interval(double Estimate, double Low, double High);

/// <summary>
/// By which factor one sample of positive numbers lies above another. Nothing is assumed of their distribution but that a change stretches
/// it: the Hodges-Lehmann estimate on logarithms (Hodges and Lehmann 1963), with the interval that belongs to the test of Mann and Whitney
/// (1947). Samples that follow one another are alike, and count for fewer: the interval is widened by their lag-1 autocorrelation.
/// </summary>
internal sealed class TwoSamples
{
    /// <summary>
    /// How many standard errors the interval reaches to each side: 0.5 % of equal samples are called different to one side, over two looks
    /// (Pocock 1977). A second look, after more samples were taken, is then paid for.
    /// </summary>
    public const double Width = 2.772;

    /// <summary>A difference of the searched size is found in 95 of 100 measurements.</summary>
    public const double Power = 1.645;

    private const int Halvings = 64;

    private readonly double[] _first;
    private readonly double[] _second;
    private readonly double _variance;

    /// <param name="first">In the order in which they were taken, each above 0; so is <paramref name="second"/>.</param>
    public TwoSamples(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        (_first, _second) = (Logarithms(first), Logarithms(second));
        double n = _first.Length, m = _second.Length;
        var (ofFirst, ofSecond) = (Inflation(_first), Inflation(_second));
        _variance = n * m * (m * ofFirst + n * ofSecond + 1) / 12;
        Likeness = Math.Max(ofFirst, ofSecond);
        Array.Sort(_first);
        Array.Sort(_second);
    }

    /// <summary>By how much the variance of a mean is larger than of samples that do not follow one another; 1 for those.</summary>
    public double Likeness { get; }

    /// <summary>How many differences there are between one of the first and one of the second.</summary>
    private double Pairs => (double)_first.Length * _second.Length;

    /// <summary>As factors: 1.2 where the first lies 20 % above the second. From 0 to infinity if the samples tell nothing.</summary>
    public Interval Factor()
    {
        var half = Width * Math.Sqrt(_variance);
        // The interval is a pair of ranks among all differences, as far from the lowest as from the highest.
        var low = Math.Floor(Pairs / 2 - half);
        return new(
            Math.Exp(Difference(Pairs / 2)),
            low < 1 ? 0 : Math.Exp(Difference(low)),
            low < 1 ? double.PositiveInfinity : Math.Exp(Difference(Pairs - low + 1)));
    }

    /// <summary>How probable a difference as large as this is between samples of one distribution, to either side (Mann-Whitney).</summary>
    public double P()
    {
        // Ties count half; they make the variance smaller, which is left out: p is then too large, never too small.
        var above = (CountUpTo(Math.BitDecrement(0)) + CountUpTo(0)) / 2;
        var deviation = Math.Max(0, Math.Abs(above - Pairs / 2) - 0.5) / Math.Sqrt(_variance);
        return Math.Min(1, 2 * Normal.Above(deviation));
    }

    /// <summary>How many of the differences between the logarithms of a first and of a second are at most so large.</summary>
    private double CountUpTo(double difference)
    {
        var count = 0L;
        var below = 0;
        // The larger a first is, the more of the second are too far below it.
        foreach (var first in _first)
        {
            while (below < _second.Length && first - _second[below] > difference)
                below++;
            count += _second.Length - below;
        }
        return count;
    }

    /// <summary>The difference of that rank, from 1, found by halving: a million samples have too many differences to list them.</summary>
    private double Difference(double rank)
    {
        var (low, high) = (_first[0] - _second[^1], _first[^1] - _second[0]);
        // 64 halvings of a span of logarithms leave less than a double can tell apart.
        for (var round = 0; round < Halvings && low < high; round++)
        {
            var middle = low + (high - low) / 2;
            if (CountUpTo(middle) >= rank)
                high = middle;
            else
                low = middle;
        }
        return high;
    }

    private static double[] Logarithms(IReadOnlyList<double> sample)
    {
        var logarithms = new double[sample.Count];
        for (var i = 0; i < logarithms.Length; i++)
            logarithms[i] = Math.Log(sample[i]);
        return logarithms;
    }

    /// <summary>
    /// By how much the variance of a mean is larger than of independent samples: (1 + r) / (1 - r) of an autoregressive series. r is taken
    /// of the ranks, which outliers do not move, and corrected for its bias in short series (Kendall 1954).
    /// </summary>
    private static double Inflation(double[] series)
    {
        var n = series.Length;
        if (n < 4)
            return 1;
        var ranks = Ranks(series);
        var mean = (n - 1) / 2.0;
        double squares = 0, products = 0;
        for (var i = 0; i < n; i++)
        {
            squares += (ranks[i] - mean) * (ranks[i] - mean);
            if (i > 0)
                products += (ranks[i] - mean) * (ranks[i - 1] - mean);
        }
        if (squares == 0)
            return 1;
        var correlation = products / squares;
        // Nearer to 1 the factor grows without end. Below 0 the interval would become shorter, which a short series is not believed.
        correlation = Math.Clamp(correlation + (1 + 4 * correlation) / n, 0, 0.95);
        return (1 + correlation) / (1 - correlation);
    }

    /// <summary>From 0; those of equal ones are shared.</summary>
    private static double[] Ranks(double[] series)
    {
        var order = new int[series.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort((double[])series.Clone(), order);
        var ranks = new double[series.Length];
        for (var i = 0; i < order.Length;)
        {
            var end = i;
            while (end < order.Length && series[order[end]] == series[order[i]])
                end++;
            for (var k = i; k < end; k++)
                ranks[order[k]] = (i + end - 1) / 2.0;
            i = end;
        }
        return ranks;
    }
}

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>The probability of a value above that one, to seven digits (Abramowitz and Stegun 1964, 26.2.17).</summary>
    public static double Above(double deviation)
    {
        if (deviation < 0)
            return 1 - Above(-deviation);
        var t = 1 / (1 + 0.2316419 * deviation);
        var polynomial = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.Exp(-deviation * deviation / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
    }
}
