using System.Globalization;
using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>Whether a difference is more than noise. What cannot be told is an error, which leaves a criterion inconclusive.</summary>
internal static class ComparisonFunctions
{
    /// <summary>With fewer, one odd sample moves everything.</summary>
    private const int FewestSamples = 25;

    /// <summary>A change of this size is to be found where no larger one is asked for.</summary>
    private const double Searched = 0.2;

    private const int MostCounted = 1_000_000;

    private const Kinds Share = Kinds.Double | Kinds.Int | Kinds.UInt;

    public static IReadOnlyList<Function> All =>
    [
        new("compare", false,
            "How the samples of the first list lie above those of the second: `shift` (0.12: 12% above), the ends `low` and `high` of its "
            + "interval, and `p`; in place of the second there may be a list of several such lists",
            new Overload([Kinds.List, Kinds.List], Kinds.Map, Compare)),
        new("slower_by", false,
            "True if the samples of the first list lie above those of the second by more than a share, as in "
            + "slower_by(canary.latencies, stable.latencies, 10%), false if they do not; an error that says how many more samples it takes "
            + "where neither is certain", new Overload([Kinds.List, Kinds.List, Share], Kinds.Bool, SlowerBy)) { Explain = ExplainSlower },
        new("compare_shares", false,
            "How the first share (a number, of a total) lies above the second: `shift` (0.01: one point of a hundred), `low` and `high`",
            new Overload([Kinds.Number, Kinds.Number, Kinds.Number, Kinds.Number], Kinds.Map, CompareShares)),
        new("more_by", false,
            "True if the first share lies above the second by more than so many points, as in "
            + "more_by(canary.errors, canary.samples, stable.errors, stable.samples, 1%); false and an error as for slower_by",
            new Overload([Kinds.Number, Kinds.Number, Kinds.Number, Kinds.Number, Share], Kinds.Bool, MoreBy)) { Explain = ExplainMore },
    ];

    private static string? ExplainSlower(Frame frame, Value[] x) =>
        Samples(frame, x[0], x[1], out var samples) is null ? Found(samples.Shift) : null;

    private static string? ExplainMore(Frame frame, Value[] x) =>
        Shares(x, out var first, out var second) is null ? Found(TwoShares.Difference(first, second)) : null;

    private static string Found(Interval shift) => $"{Signed(shift.Estimate)}, between {Signed(shift.Low)} and {Signed(shift.High)}";

    private static Value Compare(Frame frame, ReadOnlySpan<Value> x) => Samples(frame, x[0], x[1], out var samples) is { } fault
        ? fault
        : Map(samples.Shift, ("p", Value.Double(samples.P)));

    private static Value SlowerBy(Frame frame, ReadOnlySpan<Value> x)
    {
        if (Samples(frame, x[0], x[1], out var samples) is { } fault)
            return fault;
        var limit = MathFunctions.ToDouble(x[2]);
        return limit > -1 && limit < 1000
            ? Decide(samples.Shift, limit, "slower",
                MoreFor(Math.Log((1 + samples.Shift.High) / (1 + samples.Shift.Low)), limit, samples.Least, samples.Likeness))
            : Value.Error($"'slower_by' takes a share such as 10%, not {ValueText.Short(x[2])}");
    }

    private static Value CompareShares(Frame frame, ReadOnlySpan<Value> x) =>
        Shares(x, out var first, out var second) is { } fault ? fault : Map(TwoShares.Difference(first, second));

    private static Value MoreBy(Frame frame, ReadOnlySpan<Value> x)
    {
        if (Shares(x, out var first, out var second) is { } fault)
            return fault;
        var limit = MathFunctions.ToDouble(x[4]);
        // Turned round so that NaN is refused too, here and below.
        if (!(limit > -1 && limit < 1))
            return Value.Error($"'more_by' takes points such as 1%, not {ValueText.Short(x[4])}");
        var difference = TwoShares.Difference(first, second);
        var least = (int)Math.Min(Math.Min(first.Total, second.Total), MostCounted);
        return Decide(difference, limit, "more", More(least, 1, difference.High - difference.Low, Math.Max(Math.Abs(limit), 0.01)));
    }

    /// <summary>Certain only where the whole interval lies on one side of the limit.</summary>
    private static Value Decide(Interval shift, double limit, string word, int more) =>
        shift.Low > limit ? Value.Bool(true)
        : shift.High <= limit ? Value.Bool(false)
        : Value.Error(
            $"the samples do not tell whether the first is more than {Percent(limit)} {word}: {Signed(shift.Estimate)}, and as well "
            + $"{Signed(shift.Low)} as {Signed(shift.High)} would fit; take {more.ToString("#,0", CultureInfo.InvariantCulture)} "
            + "more of each");

    /// <summary>How many more samples a side find a shift of twice the limit, or of 20 %, in 95 of 100 cases.</summary>
    /// <param name="width">Of the interval of logarithms, from end to end.</param>
    internal static int MoreFor(double width, double limit, int taken, double likeness) =>
        More(taken, likeness, width, Math.Log((1 + Math.Max(2 * limit, Searched)) / (1 + limit)));

    /// <param name="width">Of the interval, from end to end.</param>
    private static int More(int taken, double likeness, double width, double distance)
    {
        // The samples at hand only guess how far the next ones will spread, and the less so the more they follow one another.
        var reserve = 1.05 + 0.13 * likeness;
        var standardError = width / 2 / TwoSamples.Width;
        var wanted = taken * Math.Pow(standardError * (TwoSamples.Width + TwoSamples.Power) / distance, 2) * reserve;
        return (int)Math.Clamp(Math.Ceiling((wanted - taken) / 5) * 5, FewestSamples, MostCounted);
    }

    private static Value? Samples(Frame frame, Value first, Value second,
        out (Interval Shift, double P, int Least, double Likeness) result)
    {
        result = default;
        var others = second.AsList.Count > 0 && second.AsList[0].Kind == ValueKind.List
            ? second.AsList
            : (IReadOnlyList<Value>)[second];
        if (Positive(frame, first, out var measured) is { } fault)
            return fault;
        var (low, high, p, least, likeness) = (double.PositiveInfinity, 0.0, 0.0, measured.Length, 1.0);
        var estimates = new List<double>();
        foreach (var other in others)
        {
            if (Positive(frame, other, out var baseline) is { } problem)
                return problem;
            // The ranks are found in 64 halvings, and each goes once through both lists.
            if (!frame.Spend(64 * (measured.Length + baseline.Length) / 8))
                return Frame.Exhausted;
            var samples = new TwoSamples(measured, baseline);
            var factor = samples.Factor();
            if (factor.Low == 0 || double.IsInfinity(factor.High))
                return Value.Error($"{measured.Length} and {baseline.Length} samples that follow one another so closely tell nothing; take "
                    + "more of each, or at larger intervals");
            estimates.Add(factor.Estimate);
            // Baselines that differ among themselves show what difference is usual: the interval holds all of theirs.
            (low, high, p) = (Math.Min(low, factor.Low), Math.Max(high, factor.High), Math.Max(p, samples.P()));
            (least, likeness) = (Math.Min(least, baseline.Length), Math.Max(likeness, samples.Likeness));
        }
        estimates.Sort();
        var middle = (estimates[(estimates.Count - 1) / 2] + estimates[estimates.Count / 2]) / 2;
        result = (new(middle - 1, low - 1, high - 1), p, least, likeness);
        return null;
    }

    private static Value? Positive(Frame frame, Value list, out double[] numbers)
    {
        numbers = [];
        if (list.Kind != ValueKind.List)
            return Value.Error($"a list of samples is needed, such as probe.latencies, not {ValueText.Short(list)}");
        if (!frame.Spend(list.AsList.Count))
            return Frame.Exhausted;
        if (list.AsList.Count < FewestSamples)
            return Value.Error($"{list.AsList.Count} samples tell too little; take {FewestSamples} or more of each, with samples: "
                + $"{FewestSamples}");
        var taken = new double[list.AsList.Count];
        for (var i = 0; i < taken.Length; i++)
        {
            var value = list.AsList[i];
            taken[i] = value.Kind == ValueKind.Duration ? value.Seconds + value.Nanos / 1e9
                : value.IsNumber ? MathFunctions.ToDouble(value)
                : double.NaN;
            if (!(taken[i] > 0 && double.IsFinite(taken[i])))
                return Value.Error($"samples are durations or numbers above 0; one was {ValueText.Short(value)}");
        }
        numbers = taken;
        return null;
    }

    private static Value? Shares(ReadOnlySpan<Value> x, out Proportion first, out Proportion second)
    {
        first = new(MathFunctions.ToDouble(x[0]), MathFunctions.ToDouble(x[1]));
        second = new(MathFunctions.ToDouble(x[2]), MathFunctions.ToDouble(x[3]));
        foreach (var share in (ReadOnlySpan<Proportion>)[first, second])
        {
            if (share.Total == 0)
                return Value.Error("a share of 0 cases is none: nothing was counted");
            if (!(share.Count >= 0 && share.Count <= share.Total && double.IsFinite(share.Total)))
                return Value.Error($"{share.Count.ToString(CultureInfo.InvariantCulture)} of "
                    + $"{share.Total.ToString(CultureInfo.InvariantCulture)} is no share: write the part first, then the whole");
        }
        return null;
    }

    private static Value Map(Interval shift, params ReadOnlySpan<(string, Value)> more) => Value.Map(
        [("shift", Value.Double(shift.Estimate)), ("low", Value.Double(shift.Low)), ("high", Value.Double(shift.High)), .. more]);

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    private static string Signed(double share) => (share * 100).ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture) + "%";
}

/// <summary>So many of a total.</summary>
internal readonly record struct Proportion(double Count, double Total)
{
    /// <summary>The score interval (Wilson 1927): it holds for shares near 0 and near 1 too.</summary>
    public Interval Score(double width)
    {
        var (share, square) = (Count / Total, width * width);
        var middle = (share + square / (2 * Total)) / (1 + square / Total);
        var half = width / (1 + square / Total) * Math.Sqrt(share * (1 - share) / Total + square / (4 * Total * Total));
        return new(share, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}

/// <summary>The difference of two shares, with the interval that is made of the score intervals of both (Newcombe 1998, method
/// 10).</summary>
internal static class TwoShares
{
    public static Interval Difference(Proportion first, Proportion second, double width = TwoSamples.Width)
    {
        var (a, b) = (first.Score(width), second.Score(width));
        var difference = a.Estimate - b.Estimate;
        return new(
            difference,
            difference - Math.Sqrt(Square(a.Estimate - a.Low) + Square(b.High - b.Estimate)),
            difference + Math.Sqrt(Square(a.High - a.Estimate) + Square(b.Estimate - b.Low)));
    }

    private static double Square(double x) => x * x;
}
