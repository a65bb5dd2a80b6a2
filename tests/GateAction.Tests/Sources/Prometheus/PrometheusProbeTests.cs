using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;
using GateAction.Tests.EndToEnd;

namespace GateAction.Tests.Sources.Prometheus;

/// <summary>Against a real Prometheus.</summary>
internal sealed class PrometheusProbeTests
{
    private StagingServer _staging = null!;
    private RealServer _prometheus = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _staging = await StagingServer.StartAsync(Scenario.Healthy);
        _prometheus = await RealServer.PrometheusAsync(_staging.Url);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _prometheus?.Dispose();
        await _staging.DisposeAsync();
    }

    [Test]
    public async Task The_only_series_of_an_expression_is_its_value()
    {
        var measured = await MeasureAsync("prometheus: 'max(process_resident_memory_bytes{job=\"backend\"})'");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Reason, Is.Null);
        Assert.That(measured.Fact("value").AsDouble, Is.EqualTo(120_000_000));
        Assert.That(measured.Fact("count").AsInt, Is.EqualTo(1));
        Assert.That(measured.Fact("missing").AsInt, Is.Zero);
        Assert.That(measured.Subject, Is.EqualTo("max(process_resident_memory_bytes{job=\"backend\"})"));
    }

    [Test]
    public async Task A_scalar_is_a_value_too()
    {
        var measured = await MeasureAsync("prometheus: 'scalar(up{job=\"backend\"}) * 2.5'");

        Assert.That(measured.Fact("value").AsDouble, Is.EqualTo(2.5));
    }

    [Test]
    public async Task Several_series_have_no_single_value()
    {
        var measured = await MeasureAsync("prometheus: http_requests_total");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.HasFact("value"), Is.False);
        Assert.That(measured.Reason,
            Is.EqualTo("the query gave 2 series, so it has no single value; aggregate them, as in max(…), or use 'series'"));
        var failed = measured.Fact("series").AsList.Single(series => Of(series, "labels", "code").AsString == "500");
        Assert.That(Of(failed, "value").AsDouble, Is.EqualTo(2));
    }

    [TestCase("absent_metric", "no data: the query gave no series; check the metric's name, its labels and whether it is scraped")]
    [TestCase("cache_hit_ratio",
        "no data: every value of the query is NaN or infinite (a division by zero, or a rate over too few samples)")]
    [TestCase("queue_age_seconds",
        "no data: every value of the query is NaN or infinite (a division by zero, or a rate over too few samples)")]
    [TestCase("vector(0) / 0", "no data: every value of the query is NaN or infinite (a division by zero, or a rate over too few samples)")]
    public async Task No_data_is_no_evidence(string query, string reason)
    {
        var measured = await MeasureAsync($"prometheus: '{query}'");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo(reason));
        Assert.That(measured.HasFact("value"), Is.False);
        Assert.That(measured.HasFact("max"), Is.False);
    }

    [Test]
    public async Task A_series_that_is_NaN_among_others_has_no_value()
    {
        var measured = await MeasureAsync("prometheus: '{__name__=~\"cache_hit_ratio|process_resident_memory_bytes\"}'");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        var series = measured.Fact("series").AsList;
        Assert.That(series.Select(one => (Of(one, "labels", "__name__").AsString, one.AsMap.TryGet("value", out _))),
            Is.EquivalentTo(new[] { ("cache_hit_ratio", false), ("process_resident_memory_bytes", true) }));
    }

    [TestCase("sum(", "bad_data")]
    [TestCase("1 +", "bad_data")]
    [TestCase("\"text\"", "the query gives a string, which is no measurement; a vector, a scalar or a range is accepted")]
    public async Task A_query_that_is_refused_says_so_in_the_words_of_Prometheus(string query, string reason)
    {
        var measured = await MeasureAsync($"prometheus: '{query}'");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.Contain(reason));
    }

    [Test]
    public async Task A_range_has_samples_and_counts_those_that_are_missing()
    {
        var measured = await MeasureAsync("{ prometheus: process_resident_memory_bytes, range: 1h, step: 60s }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        var samples = measured.Fact("samples").AsList;
        var given = samples.Count(sample => sample.Kind != ValueKind.Null);
        Assert.That(samples, Has.Count.EqualTo(61));
        Assert.That(given, Is.InRange(1, 5));
        Assert.That(measured.Fact("missing").AsInt, Is.EqualTo(61 - given));
        Assert.That(measured.HasFact("max") || measured.HasFact("mean"), Is.False);
        Assert.That(measured.Fact("value").AsDouble, Is.EqualTo(120_000_000));
        Assert.That((await MeasureAsync("{ prometheus: process_resident_memory_bytes, range: 1h, step: 60s, allow-missing: 60 }")).Fact(
            "max").AsDouble, Is.EqualTo(120_000_000));
    }

    [Test]
    public async Task Several_samples_are_asked_for_one_after_the_other()
    {
        var measured = await MeasureAsync("{ prometheus: 'time() - time() % 1', samples: 3, every: 1s }");

        var samples = measured.Fact("samples").AsList.Select(sample => sample.AsDouble).ToArray();
        Assert.That(samples, Has.Length.EqualTo(3));
        Assert.That(samples[2] - samples[0], Is.InRange(1, 4));
        Assert.That(measured.Fact("value").AsDouble, Is.EqualTo(samples[2]));
        Assert.That(measured.Fact("max").AsDouble, Is.EqualTo(samples[2]));
        Assert.That(measured.Fact("missing").AsInt, Is.Zero);
    }

    private Task<Measurement> MeasureAsync(string yaml) =>
        ProbeTesting.MeasureAsync(yaml.StartsWith('{') ? yaml[..^1] + $", url: '{_prometheus.Url}' }}" : $"{yaml}\nurl: {_prometheus.Url}");

    private static Value Of(Value value, params string[] path) =>
        path.Aggregate(value, (inner, name) => inner.AsMap.TryGet(name, out var found) ? found : Value.Error(name));
}
