using GateAction.Cel;
using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>Against published tables and examples; what the rates of error are is simulated in the benchmarks.</summary>
internal sealed class ComparisonFunctionTests
{
    /// <summary>Newcombe 1998, Table II: examples (a) to (h), 95 % intervals of method 10.</summary>
    [TestCase(56, 70, 48, 80, 0.0524, 0.3339)]
    [TestCase(9, 10, 3, 10, 0.1705, 0.8090)]
    [TestCase(6, 7, 2, 7, 0.0582, 0.8062)]
    [TestCase(5, 56, 0, 29, -0.0381, 0.1926)]
    [TestCase(0, 10, 0, 20, -0.1611, 0.2775)]
    [TestCase(0, 10, 0, 10, -0.2775, 0.2775)]
    [TestCase(10, 10, 0, 20, 0.6791, 1.0000)]
    [TestCase(10, 10, 0, 10, 0.6075, 1.0000)]
    public void The_interval_of_two_shares_is_the_published_one(int a, int m, int b, int n, double low, double high)
    {
        var interval = TwoShares.Difference(new(a, m), new(b, n), 1.959964);

        Assert.That(interval.Low, Is.EqualTo(low).Within(0.00006));
        Assert.That(interval.High, Is.EqualTo(high).Within(0.00006));
    }

    /// <summary>By hand: the nine ratios are 1/2, 1, 1, 2, 2, 4, 4, 8 and 16.</summary>
    [Test]
    public void The_estimate_is_the_median_of_all_ratios()
    {
        Assert.That(new TwoSamples([2, 4, 16], [1, 2, 4]).Factor().Estimate, Is.EqualTo(2).Within(1e-9));
        Assert.That(new TwoSamples([1, 2, 4], [1, 2, 4]).Factor().Estimate, Is.EqualTo(1).Within(1e-9));
    }

    /// <summary>Every sorted pair of positions against the definition, with ties.</summary>
    [Test]
    public void The_ends_are_the_ranked_ratios()
    {
        var random = new Random(3);
        double[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(1, 60))];
        for (var round = 0; round < 50; round++)
        {
            var (a, b) = (Take(random.Next(25, 60)), Take(random.Next(25, 60)));
            var ratios = a.SelectMany(x => b.Select(y => Math.Log(x) - Math.Log(y))).Order().ToArray();

            var factor = new TwoSamples(a, b).Factor();

            Assert.That(ratios, Has.Some.EqualTo(Math.Log(factor.Low)).Within(1e-9));
            Assert.That(ratios.Count(ratio => ratio < Math.Log(factor.Low) - 1e-9) + 1,
                Is.EqualTo(ratios.Count(ratio => ratio > Math.Log(factor.High) + 1e-9) + 1).Within(ratios.Length / 8));
            Assert.That(Math.Log(factor.Estimate), Is.EqualTo(ratios[(int)Math.Ceiling(ratios.Length / 2.0) - 1]).Within(1e-9));
        }
    }

    /// <summary>Of the standard normal table.</summary>
    [TestCase(0, 0.5)]
    [TestCase(1, 0.158655)]
    [TestCase(1.96, 0.024998)]
    [TestCase(2.575829, 0.005)]
    [TestCase(4, 0.00003167)]
    [TestCase(-1, 0.841345)]
    public void The_normal_tail_is_that_of_the_table(double deviation, double above) =>
        Assert.That(Normal.Above(deviation), Is.EqualTo(above).Within(2e-7 + above * 1e-3));

    [Test]
    public void Samples_that_follow_one_another_widen_the_interval()
    {
        var independent = Enumerable.Range(0, 200).Select(i => 100.0 + i * 7919 % 200).ToArray();
        var following = independent.Order().ToArray();

        Assert.That(Width(following), Is.GreaterThan(2 * Width(independent)));

        double Width(double[] samples) => new TwoSamples(samples, independent).Factor() is var factor ? factor.High - factor.Low : 0;
    }

    [TestCase("slower_by(slow, stable, 10%)", "true")]
    [TestCase("slower_by(stable, slow, 10%)", "false")]
    [TestCase("slower_by(stable, stable, 50%)", "false")]
    [TestCase("slower_by(slow, [stable, stable], 10%)", "true")]
    [TestCase("compare(slow, stable).shift > 45% && compare(slow, stable).low > 30% && compare(slow, stable).p < 0.1%", "true")]
    [TestCase("compare(stable, stable).p > 99%", "true")]
    [TestCase("more_by(90, 1000, 10, 1000, 1%)", "true")]
    [TestCase("more_by(10, 10000, 10, 10000, 1%)", "false")]
    [TestCase("compare_shares(90, 1000, 10, 1000).shift == 0.08", "true")]
    public void What_is_certain_is_said(string condition, string value) =>
        Assert.That(Evaluate(condition).ToString(), Is.EqualTo(value));

    [TestCase("!slower_by(slow, stable, 10%)", "!slower_by(slow, stable, 10%): +50%, between +39.3% and +61.5%")]
    [TestCase("more_by(90, 1000, 10, 1000, 1%)", "more_by(90, 1000, 10, 1000, 1%): +8%, between +5.4% and +10.9%")]
    public void The_explanation_says_by_how_much(string condition, string explanation) =>
        Assert.That(string.Join("|", Evaluated(condition).Explanation), Is.EqualTo(explanation));

    [TestCase("slower_by(near, stable, 10%)", "the samples do not tell whether the first is more than 10% slower: +12%, and as well +")]
    [TestCase("slower_by(slow, [stable, slow], 10%)", "the samples do not tell whether the first is more than 10% slower")]
    [TestCase("slower_by(few, stable, 10%)", "3 samples tell too little; take 25 or more of each")]
    [TestCase("slower_by(stable, [], 10%)", "0 samples tell too little")]
    [TestCase("slower_by(stable, [[]], 10%)", "0 samples tell too little")]
    [TestCase("slower_by(stable.map(s, 'x'), stable, 10%)", "samples are durations or numbers above 0; one was \"x\"")]
    [TestCase("slower_by(stable.map(s, 0), stable, 10%)", "samples are durations or numbers above 0; one was 0")]
    [TestCase("slower_by(stable, stable, -2)", "'slower_by' takes a share such as 10%, not -2")]
    [TestCase("more_by(0, 0, 1, 10, 1%)", "a share of 0 cases is none: nothing was counted")]
    [TestCase("more_by(11, 10, 1, 10, 1%)", "11 of 10 is no share: write the part first, then the whole")]
    [TestCase("more_by(1, 40, 0, 40, 1%)", "the samples do not tell whether the first is more than 1% more")]
    [TestCase("compare(few, few).shift > 0", "3 samples tell too little")]
    public void What_is_not_certain_is_an_error_that_says_what_to_do(string condition, string message) =>
        Assert.That(Evaluate(condition) is { IsError: true } error ? error.Text : "no error", Does.Contain($": {message}"));

    private static Value Evaluate(string condition) => Evaluated(condition).Value;

    private static Evaluation Evaluated(string condition) => CelTesting.Parse(condition).Evaluate(new Scope(new Dictionary<string, Value>
    {
        ["stable"] = Latencies(1),
        ["near"] = Latencies(1.12),
        ["slow"] = Latencies(1.5),
        ["few"] = Value.List([Value.Duration(1, 0), Value.Duration(1, 0), Value.Duration(1, 0)]),
    }));

    /// <summary>60 latencies between 100 and 160 ms, in no order.</summary>
    private static Value Latencies(double factor) =>
        Value.List([.. Enumerable.Range(0, 60).Select(i => Value.Duration(TimeSpan.FromMilliseconds((100 + i * 37 % 60) * factor)))]);
}
