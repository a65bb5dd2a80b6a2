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

    /// <summary>
    /// What a wanted number is rounded up by: the samples at hand only guess how far the next ones will spread, and the less so the more
    /// they follow one another.
    /// </summary>
    private static double Reserve(double likeness) => 1.05 + 0.13 * likeness;

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
            + "where neither is certain", new Overload([Kinds.List, Kinds.List, Share], Kinds.Bool, SlowerBy)),
        new("compare_shares", false,
            "How the first share (a number, of a total) lies above the second: `shift` (0.01: one point of a hundred), `low` and `high`",
            new Overload([Kinds.Number, Kinds.Number, Kinds.Number, Kinds.Number], Kinds.Map, CompareShares)),
        new("more_by", false,
            "True if the first share lies above the second by more than so many points, as in "
            + "more_by(canary.errors, canary.samples, stable.errors, stable.samples, 1%); false and an error as for slower_by",
            new Overload([Kinds.Number, Kinds.Number, Kinds.Number, Kinds.Number, Share], Kinds.Bool, MoreBy)),
    ];

    public static string? ExplainSlower(Frame frame, Value[] x) =>
        Samples(frame, x[0], x[1], out var samples) is null ? Found(samples.Factor) : null;

    public static string? ExplainMore(Frame frame, Value[] x) =>
        Shares(x, out var first, out var second) is null && TwoShares.Difference(first, second) is var difference
            ? Found(new(1 + difference.Estimate, 1 + difference.Low, 1 + difference.High))
            : null;

    private static string Found(Interval factor) =>
        $"{Signed(factor.Estimate - 1)}, between {Signed(factor.Low - 1)} and {Signed(factor.High - 1)}";

    private static Value Compare(Frame frame, ReadOnlySpan<Value> x) => Samples(frame, x[0], x[1], out var samples) is { } fault
        ? fault
        : Map(samples.Factor, samples.P);

    private static Value SlowerBy(Frame frame, ReadOnlySpan<Value> x)
    {
        if (Samples(frame, x[0], x[1], out var samples) is { } fault)
            return fault;
        var limit = Number(x[2]);
        if (!(limit > -1 && limit < 1000))
            return Value.Error($"'slower_by' takes a share such as 10%, not {ValueText.Short(x[2])}");
        if (samples.Factor.Low > 1 + limit)
            return Value.Bool(true);
        if (samples.Factor.High <= 1 + limit)
            return Value.Bool(false);
        return Undecided(samples.Factor, limit, "slower", More(samples.Factor, limit, samples.Least, samples.Likeness));
    }

    /// <summary>How many more samples a side find a shift of twice the limit, or of 20 %, in 95 of 100 cases.</summary>
    internal static int More(Interval factor, double limit, int taken, double likeness) => More(
        taken,
        likeness,
        Math.Log(factor.High / factor.Low) / 2 / TwoSamples.Width,
        Math.Log((1 + Math.Max(2 * limit, Searched)) / (1 + limit)));

    private static Value CompareShares(Frame frame, ReadOnlySpan<Value> x) =>
        Shares(x, out var first, out var second) is { } fault ? fault : Map(TwoShares.Difference(first, second), null);

    private static Value MoreBy(Frame frame, ReadOnlySpan<Value> x)
    {
        if (Shares(x, out var first, out var second) is { } fault)
            return fault;
        var limit = Number(x[4]);
        if (!(limit > -1 && limit < 1))
            return Value.Error($"'more_by' takes points such as 1%, not {ValueText.Short(x[4])}");
        var difference = TwoShares.Difference(first, second);
        if (difference.Low > limit)
            return Value.Bool(true);
        if (difference.High <= limit)
            return Value.Bool(false);
        var least = (int)Math.Min(Math.Min(first.Total, second.Total), MostCounted);
        return Undecided(new(1 + difference.Estimate, 1 + difference.Low, 1 + difference.High), limit, "more",
            More(least, 1, (difference.High - difference.Low) / 2 / TwoSamples.Width, Math.Max(Math.Abs(limit), 0.01)));
    }

    private static int More(int taken, double likeness, double standardError, double distance)
    {
        var wanted = taken * Math.Pow(standardError * (TwoSamples.Width + TwoSamples.Power) / distance, 2) * Reserve(likeness);
        return (int)Math.Clamp(Math.Ceiling((wanted - taken) / 5) * 5, FewestSamples, MostCounted);
    }

    private static Value Undecided(Interval factor, double limit, string word, int more) => Value.Error(
        $"the samples do not tell whether the first is more than {Percent(limit)} {word}: {Signed(factor.Estimate - 1)}, and as well "
        + $"{Signed(factor.Low - 1)} as {Signed(factor.High - 1)} would fit; take {more.ToString("#,0", CultureInfo.InvariantCulture)} "
        + "more of each");

    private static Value? Samples(Frame frame, Value first, Value second,
        out (Interval Factor, double P, int Least, double Likeness) result)
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
            if (!frame.Spend(64 * (measured.Length + baseline.Length) / 8))
                return Frame.Exhausted;
            var samples = new TwoSamples(measured, baseline);
            var factor = samples.Factor();
            if (!factor.IsBounded || factor.Low == 0)
                return Value.Error($"{measured.Length} and {baseline.Length} samples that follow one another so closely tell nothing; take "
                    + "more of each, or at larger intervals");
            estimates.Add(factor.Estimate);
            // Baselines that differ among themselves show what difference is usual: the interval holds all of theirs.
            (low, high, p) = (Math.Min(low, factor.Low), Math.Max(high, factor.High), Math.Max(p, samples.P()));
            (least, likeness) = (Math.Min(least, baseline.Length), Math.Max(likeness, samples.Likeness));
        }
        estimates.Sort();
        result = (new((estimates[(estimates.Count - 1) / 2] + estimates[estimates.Count / 2]) / 2, low, high), p, least, likeness);
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
            taken[i] = value.Kind == ValueKind.Duration ? value.Seconds + value.Nanos / 1e9 : value.IsNumber ? Number(value) : double.NaN;
            if (!(taken[i] > 0 && double.IsFinite(taken[i])))
                return Value.Error($"samples are durations or numbers above 0; one was {ValueText.Short(value)}");
        }
        numbers = taken;
        return null;
    }

    private static Value? Shares(ReadOnlySpan<Value> x, out Proportion first, out Proportion second)
    {
        (first, second) = (new(Number(x[0]), Number(x[1])), new(Number(x[2]), Number(x[3])));
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

    private static Value Map(Interval interval, double? p) => Value.Map(
    [
        ("shift", Value.Double(p is null ? interval.Estimate : interval.Estimate - 1)),
        ("low", Value.Double(p is null ? interval.Low : interval.Low - 1)),
        ("high", Value.Double(p is null ? interval.High : interval.High - 1)),
        .. p is { } probability ? [("p", Value.Double(probability))] : Array.Empty<(string, Value)>(),
    ]);

    private static double Number(Value value) => value.Kind switch
    {
        ValueKind.Int => value.AsInt,
        ValueKind.UInt => value.AsUInt,
        _ => value.AsDouble,
    };

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
