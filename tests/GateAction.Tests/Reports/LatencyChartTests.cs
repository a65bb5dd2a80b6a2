using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using Outcome = GateAction.Core.Model.Outcome;

namespace GateAction.Tests.Reports;

/// <summary>Charts of latencies: what is accepted, what failed, and scales on which one outlier hides nothing.</summary>
internal sealed class LatencyChartTests
{
    private static readonly LatencyLimit Half = new("p95 < 500ms", 0.5);

    [TestCase(new[] { 10.0, 12, 11, 14 }, false)]
    [TestCase(new[] { 10.0, 12, 11, 1900 }, true)]
    [TestCase(new[] { 0.0, 0, 0 }, false)]
    [TestCase(new[] { 5.0 }, false)]
    [TestCase(new[] { 1e-4, 1e7, 2e-4, 3e-4 }, true)]
    public void The_scale_is_logarithmic_where_one_sample_would_flatten_the_rest(double[] milliseconds, bool isLogarithmic)
    {
        var scale = LatencyScale.Of(milliseconds.Select(ms => ms / 1000), [], fromZero: true);

        Assert.That(scale.IsLogarithmic, Is.EqualTo(isLogarithmic));
        Assert.That(scale.Ticks, Is.Ordered.And.Unique.And.Count.InRange(2, 7));
        Assert.That(milliseconds.Select(ms => scale.At(ms / 1000)), Is.All.InRange(0, 1));
        Assert.That(scale.Bins(milliseconds.Select(ms => ms / 1000), 10).Sum(), Is.EqualTo(milliseconds.Length));
    }

    [Test]
    public void Whatever_was_measured_has_a_place_and_a_larger_one_none_below_it() =>
        Prop.ForAll<double[], double>((samples, limit) =>
            {
                double[] seconds = [.. (samples ?? []).Select(Math.Abs)];
                var scale = LatencyScale.Of(seconds, [limit], fromZero: seconds.Length % 2 == 0);
                double[] places = [.. seconds.Where(double.IsFinite).Order().Select(scale.At)];
                return places.All(place => place is >= 0 and <= 1) && places.SequenceEqual(places.Order())
                    && scale.Ticks.Count is >= 1 and <= 12 && scale.Ticks.All(double.IsFinite);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithQuietOnSuccess(true));

    [Test]
    public void What_is_accepted_is_a_line_with_its_words_and_percentiles_have_theirs()
    {
        var chart = Chart([.. Enumerable.Repeat(Ms(40), 30), Ms(90)], [Half]);

        Assert.That(chart, Does.Contain("<text class=\"limit end\"").And.Contain(">p95 &lt; 500ms</text>"));
        Assert.That(chart, Does.Contain(">p50 40ms</text>").And.Contain(">p95 90ms</text>").And.Contain("logarithmic scale"));
    }

    [Test]
    public void A_sample_that_nobody_answered_is_a_cross_and_in_the_words_too()
    {
        var chart = Chart([Ms(40), null, Ms(41), null], []);

        Assert.That(Regex.Count(chart, "class=\"cross\""), Is.EqualTo(2));
        Assert.That(chart, Does.Contain("aria-label=\"4 samples in order, slowest 41ms, 2 failed\"").And.Contain(
            "<title>sample 2: no answer</title>"));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Where_nothing_was_answered_there_is_no_histogram_and_nothing_breaks(int answered)
    {
        var chart = Chart([.. Enumerable.Repeat((TimeSpan?)null, 3), .. Enumerable.Repeat(Ms(3), answered)], [Half]);

        Assert.That(Regex.Count(chart, "<svg"), Is.EqualTo(answered + 1));
        Assert.That(chart, Does.Not.Contain("NaN").And.Not.Contain("∞"));
    }

    [Test]
    public void Ten_thousand_samples_are_as_many_bars_as_there_is_room_for()
    {
        var chart = Chart([.. Enumerable.Range(0, 10_000).Select(index => Ms(index == 7000 ? 9000 : 40))], []);

        Assert.That(Regex.Count(chart, "<title>sample "), Is.LessThanOrEqualTo(240));
        Assert.That(chart, Does.Contain(": 9s</title>"), "no outlier is lost");
    }

    [Test]
    public void Limits_come_of_every_comparison_of_the_probe_s_own_latency_with_a_duration()
    {
        var probe = Probe([Ms(1), Ms(2)]);
        CriterionVerdict[] criteria =
        [
            Compared("web.latency.p95", "p95", "<", Value.Duration(Ms(500).GetValueOrDefault())),
            Compared("web.latency.p95", "p95", "<", Value.Duration(Ms(500).GetValueOrDefault())),
            Compared("web.latency.p99", "p99", "<=", Value.Duration(Ms(900).GetValueOrDefault())),
            Compared("api.latency.p95", "p95", "<", Value.Duration(Ms(1).GetValueOrDefault())),
            Compared("web.status", "status", "==", Value.Int(200)),
        ];

        Assert.That(LatencyLimit.In(criteria, probe), Is.EqualTo(new[] { new LatencyLimit("p95 < 500ms", 0.5), new("p99 <= 900ms", 0.9) }));
    }

    [Test]
    public void Both_sides_of_a_comparison_are_drawn_over_each_other_the_baseline_too()
    {
        var probe = Probe([.. Enumerable.Range(0, 30).Select(index => Ms(40 + index))]);
        var other = probe with { Name = "stable", Samples = [.. probe.Samples.Select(sample => sample / 2)] };
        var verdict = SampleVerdicts.Failing with { Probes = [probe, other] };
        var criterion = SampleVerdicts.Criterion("a", "A", "", CriterionState.Failed);

        var two = ComparisonChart.Of(criterion with { Facts = [new("web", "latencies"), new("stable", "latencies")] }, verdict,
            SampleVerdicts.Context).ToString();
        var against = ComparisonChart.Of(criterion with { Facts = [new("web", "latencies"), new("baseline", "web")] }, verdict,
            SampleVerdicts.Context with { BaselineSamples = new Dictionary<string, IReadOnlyList<TimeSpan?>> { ["web"] = other.Samples } })
            .ToString();
        var none = ComparisonChart.Of(criterion with { Facts = [new("web", "latency"), new("baseline", "web")] }, verdict,
            SampleVerdicts.Context with { BaselineSamples = new Dictionary<string, IReadOnlyList<TimeSpan?>> { ["web"] = other.Samples } });

        Assert.That(two, Does.Contain("web (30 samples, p50 55ms) and stable (30 samples, p50 27.5ms)").And.Contain("class=\"side one\"")
            .And.Contain("class=\"side two\""));
        Assert.That(against, Does.Contain(">baseline.web p50 27.5ms</text>"));
        Assert.That(none.IsEmpty, Is.True);
    }

    private static string Chart(IReadOnlyList<TimeSpan?> samples, IReadOnlyList<LatencyLimit> limits) =>
        LatencyCharts.Of(Probe(samples), limits, null).ToString();

    private static ProbeSummary Probe(IReadOnlyList<TimeSpan?> samples) => new(
        "web", "http", null, Outcome.Measured, null, null, TimeSpan.Zero,
        [SampleVerdicts.Figure("p50", "40ms"), SampleVerdicts.Figure("p95", "90ms")], samples, []);

    private static CriterionVerdict Compared(string fact, string name, string comparison, Value limit) =>
        SampleVerdicts.Criterion(fact, fact, "", CriterionState.Passed) with
        {
            Explanation =
            [
                new($"{fact} {comparison} x")
                {
                    Actual = new(fact, null, "was") { Name = name },
                    Operator = comparison,
                    Limit = new(null, limit, UnitText.Of(limit), Unit.Duration),
                },
            ],
        };

    private static TimeSpan? Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
