using GateAction.Cel.Functions;

namespace GateAction.Benchmarks;

/// <summary>
/// How often <c>slower_by</c> is wrong, played with seeds: of equal distributions called slower, of a real shift of 20 % found at the size
/// that it recommends; beside it the usual rule, a 95th percentile that is more than a tenth larger.
/// </summary>
internal static class ComparisonRates
{
    private const int Pilot = 40;
    private const double Shift = 1.2;

    private static readonly (string Name, Func<Random, int, double[]> Take)[] Distributions =
    [
        ("log-normal, σ 0.1", (random, count) => LogNormal(random, count, 0.1, 0)),
        ("log-normal, σ 0.2", (random, count) => LogNormal(random, count, 0.2, 0)),
        ("log-normal, σ 0.3", (random, count) => LogNormal(random, count, 0.3, 0)),
        ("log-normal, σ 0.5", (random, count) => LogNormal(random, count, 0.5, 0)),
        ("log-normal, σ 1", (random, count) => LogNormal(random, count, 1, 0)),
        ("bimodal, 1 : 4", (random, count) => Times(LogNormal(random, count, 0.1, 0), () => random.Next(2) == 0 ? 1 : 4)),
        ("σ 0.2, 3 % outliers of 20 times", (random, count) =>
            Times(LogNormal(random, count, 0.2, 0), () => random.NextDouble() < 0.03 ? 20 : 1)),
        ("σ 0.2, autocorrelated at 0.6", (random, count) => LogNormal(random, count, 0.2, 0.6)),
        ("σ 0.5, autocorrelated at 0.6", (random, count) => LogNormal(random, count, 0.5, 0.6)),
    ];

    public static int Run(int runs)
    {
        Console.WriteLine(
            $"{runs} runs each; equal distributions called slower (any shift), after one look and after two; the same of p95 <= p95 * 1.1");
        Console.WriteLine(
            "| distribution | 30 a side | 100 | 300 | 30 + 30 | 100 + 100 | p95 rule, 30 | 100 | 300 "
            + "|\n|---|---|---|---|---|---|---|---|---|");
        foreach (var (name, take) in Distributions)
            Console.WriteLine($"| {name} | {string.Join(" | ", FalseRates(take, runs).Select(rate => $"{rate * 100:0.00} %"))} |");
        Console.WriteLine(
            $"\nA shift of 20 %: the size a side that is recommended after {Pilot}, in the median, and how often the shift is found there");
        Console.WriteLine("| distribution | any shift | found | more than 10 % | found |\n|---|---|---|---|---|");
        foreach (var (name, take) in Distributions)
        {
            var (any, some) = (Found(take, 0, runs / 5), Found(take, 0.1, runs / 5));
            Console.WriteLine($"| {name} | {any.Size} | {any.Rate * 100:0.0} % | {some.Size} | {some.Rate * 100:0.0} % |");
        }
        return 0;
    }

    private static IEnumerable<double> FalseRates(Func<Random, int, double[]> take, int runs)
    {
        int[] sizes = [30, 100, 300];
        var (slower, looks, rule) = (new int[3], new int[3], new int[3]);
        var random = new Random(1);
        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < sizes.Length; i++)
            {
                var (first, second) = (take(random, sizes[i]), take(random, sizes[i]));
                var isSlower = new TwoSamples(first, second).Factor().Low > 1;
                slower[i] += isSlower ? 1 : 0;
                rule[i] += Percentile(first) > Percentile(second) * 1.1 ? 1 : 0;
                if (i < 2)
                    looks[i] += isSlower
                        || new TwoSamples([.. first, .. take(random, sizes[i])], [.. second, .. take(random, sizes[i])]).Factor().Low > 1
                        ? 1
                        : 0;
            }
        }
        return slower.Concat(looks.Take(2)).Concat(rule).Select(count => (double)count / runs);
    }

    private static (int Size, double Rate) Found(Func<Random, int, double[]> take, double limit, int runs)
    {
        var random = new Random(2);
        var (sizes, found) = (new List<int>(), 0);
        for (var run = 0; run < runs; run++)
        {
            var pilot = new TwoSamples(Times(take(random, Pilot), () => Shift), take(random, Pilot));
            var factor = pilot.Factor();
            var size = factor.Low > 0
                ? Pilot + ComparisonFunctions.MoreFor(Math.Log(factor.High / factor.Low), limit, Pilot, pilot.Likeness)
                : Pilot * 2;
            sizes.Add(size);
            if (new TwoSamples(Times(take(random, size), () => Shift), take(random, size)).Factor().Low > 1 + limit)
                found++;
        }
        sizes.Sort();
        return (sizes[sizes.Count / 2], (double)found / runs);
    }

    /// <summary>Each value as like the one before as <paramref name="correlation"/> says.</summary>
    private static double[] LogNormal(Random random, int count, double spread, double correlation)
    {
        var values = new double[count];
        var noise = Normal(random);
        for (var i = 0; i < count; i++)
        {
            values[i] = 100 * Math.Exp(spread * noise);
            noise = correlation * noise + Math.Sqrt(1 - correlation * correlation) * Normal(random);
        }
        return values;
    }

    private static double[] Times(double[] values, Func<double> factor) => [.. values.Select(value => value * factor())];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Percentile(double[] values) => values.Order().ElementAt((int)Math.Ceiling(values.Length * 0.95) - 1);
}
