using System.Globalization;
using System.Text;
using GateAction.Core.Model;
using GateAction.Sources.Prometheus;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources.Prometheus;

/// <summary>What does not come is not taken for what came: gaps of a range, partial answers, old points.</summary>
internal sealed class PrometheusGapsTests
{
    private static readonly DateTimeOffset Start = new(2027, 3, 31, 8, 0, 0, TimeSpan.Zero);

    [TestCase("0 1 2 3", 0, "v v v v")]
    [TestCase("0 1 3", 0, "v v - v")]
    [TestCase("0 1", 0, "v v - -")]
    [TestCase("2 3", 0, "- - v v")]
    [TestCase("1", 0, "- v - -")]
    [TestCase("0 1 2 3", 0.4, "v v v v", Description = "moved to whole steps, as some servers do")]
    [TestCase("0 1 2", 0.4, "v v v")]
    [TestCase("-1 0 1 2", 0.4, "v v v v")]
    [TestCase("0 2", 0.4, "v - v")]
    [TestCase("0", 0.4, "v - -")]
    public void Each_step_of_a_range_without_a_sample_is_a_gap(string steps, double shift, string expected)
    {
        var step = TimeSpan.FromMinutes(1);
        var series = new PrometheusSeries([],
            [.. steps.Split(' ')
            .Select(number => new PrometheusSample(Start + (step * (int.Parse(number, CultureInfo.InvariantCulture) + shift)), 1))]);

        var filled = series.WithGaps(Start, Start + (step * 3), step);

        Assert.That(string.Join(' ', filled.Samples.Take(expected.Split(' ').Length).Select(sample => sample.Value is null ? "-" : "v")),
            Is.EqualTo(expected));
        Assert.That(filled.Samples.Select(sample => sample.At), Is.Ordered);
    }

    [TestCase("0 0.3 1 2 3")]
    [TestCase("0 1 1 2 3")]
    [TestCase("3 2 2.5 1 0")]
    [TestCase("0 0.5 1 1.5 2 2.5 3")]
    public void Of_several_samples_for_one_step_none_is_left_out(string steps)
    {
        var step = TimeSpan.FromMinutes(1);
        var samples = steps.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))
            .Select((at, index) => new PrometheusSample(Start + (step * at), index)).ToArray();

        var filled = new PrometheusSeries([], samples).WithGaps(Start, Start + (step * 3), step);

        Assert.That(filled.Samples, Is.EquivalentTo(samples));
        Assert.That(filled.Samples.Select(sample => sample.At), Is.Ordered);
    }

    [Test]
    public async Task Raw_samples_without_a_range_are_no_value()
    {
        const string body = """{"data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"3"],[2,"3"]]}]}}""";

        var measured = await MeasureAsync("", body);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.StartWith("the query gives the raw samples of a time (as 'up[5m]' does)"));
        Assert.That((await MeasureAsync("samples: 2\nevery: 1ms", body)).Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That((await MeasureAsync("range: 1m", body)).Outcome, Is.EqualTo(Outcome.Measured));
    }

    [TestCase("range: 30s\nstep: 1m", "step: it is longer than 'range'; write a shorter one")]
    [TestCase("range: 29s", "step: it is longer than 'range'; write a shorter one")]
    [TestCase("range: 30s", null)]
    [TestCase("step: 1m", null)]
    public void A_range_has_more_than_its_first_value(string fields, string? problem) =>
        Assert.That(ProbeTesting.ProblemsIn($"prometheus: up\nurl: http://127.0.0.1/\n{fields}"),
            problem is null ? Is.Empty : Is.EqualTo((string[])[problem[6..]]));

    [TestCase("0 60 120 180 240 300", "", "value min mean max age", 0)]
    [TestCase("0 60 120 180 240", "", "value age", 1)]
    [TestCase("0 60 120 180 240", "allow-missing: 1", "value min mean max age", 1)]
    [TestCase("60 120 180 240 300", "", "age", 1)]
    [TestCase("60 120 180 240 300", "allow-missing: 1", "min mean max age", 1)]
    [TestCase("240 300", "", "age", 4)]
    public async Task Gaps_withhold_what_would_rest_on_them(string secondsAgo, string more, string facts, int missing)
    {
        var now = Start.ToUnixTimeSeconds();
        var values = string.Join(',',
            secondsAgo.Split(' ').Reverse()
            .Select(ago => $"[{(now - int.Parse(ago, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)},\"3\"]"));

        var measured = await MeasureAsync($"range: 5m\nstep: 1m\n{more}",
            """{"data":{"resultType":"matrix","result":[{"metric":{},"values":[VALUES]}]}}""".Replace("VALUES", values));

        Assert.That(new[] { "value", "min", "mean", "max", "age" }.Where(fact => measured.HasFact(fact)), Is.EqualTo(facts.Split(' ')),
            measured.Reason);
        Assert.That(measured.Fact("missing").AsInt, Is.EqualTo(missing));
        Assert.That(measured.Fact("samples").AsList, Has.Count.EqualTo(6));
        Assert.That(measured.Fact("age").Seconds, Is.EqualTo(int.Parse(secondsAgo.Split(' ')[0], CultureInfo.InvariantCulture)));
        Assert.That(measured.Reason is null, Is.EqualTo(facts.StartsWith("value min", StringComparison.Ordinal)));
    }

    [TestCase("""{"warnings":["store-eu did not answer: partial response"],""",
        "Prometheus warns: store-eu did not answer: partial response", "")]
    [TestCase("""{"warnings":"partial response",""", "Prometheus warns: partial response", "Prometheus warns: partial response")]
    [TestCase("""{"isPartial":true,""", "Prometheus warns: the answer is partial: a part of the storage did not answer", "")]
    [TestCase("""{"infos":["metric might not be a counter"],""", null, "Prometheus notes: metric might not be a counter")]
    [TestCase("""{"isPartial":false,"warnings":[],""", null, "")]
    public async Task A_partial_answer_is_at_best_degraded_and_a_hint_is_only_shown(string begin, string? caveat, string detail)
    {
        var body = begin + """ "data":{"resultType":"vector","result":[{"metric":{},"value":[1806480000,"0"]}]}}""";

        var once = await MeasureAsync("", body);
        var twice = await MeasureAsync("samples: 2\nevery: 10ms", body);

        Assert.That((once.Caveat, twice.Caveat), Is.EqualTo((caveat, caveat)));
        Assert.That(string.Join('\n', once.Details ?? []), Is.EqualTo(caveat ?? detail));
        Assert.That(once.Fact("value").AsDouble, Is.Zero);
    }

    [TestCase("""{"status":"partial","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}""")]
    [TestCase("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1e300,"1"]}]}}""")]
    [TestCase("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":["1","1"]}]}}""")]
    [TestCase("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,1]}]}}""")]
    [TestCase("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"0x1"]}]}}""")]
    [TestCase("""{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"1"]}]}}""")]
    [TestCase("""{"status":"success","data":{"resultType":"vector","result":null}}""")]
    [TestCase("""{"status":"success","data":null}""")]
    public async Task What_only_looks_like_an_answer_is_none(string json)
    {
        using var server = WireServer.Answering(WireServer.Answer(Encoding.UTF8.GetBytes(json)));

        var measured = await ProbeTesting.MeasureAsync($"prometheus: up\nurl: {server.Url}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo(
            "the answer is not that of Prometheus's query API; give the address before '/api/v1' as 'url'"));
    }

    [TestCase("""{"resultType":"matrix","result":[]}""", "the query gave no series")]
    [TestCase("""{"resultType":"matrix","result":[{"metric":{},"values":[]}]}""", "the query gave series without a sample")]
    [TestCase("""{"resultType":"matrix","result":[{"metric":{}}]}""", "the query gave series without a sample")]
    [TestCase("""{"resultType":"matrix","result":[{"metric":{},"histograms":[[1,{"count":"1"}]]}]}""", "the query gives native histograms")]
    [TestCase("""{"resultType":"vector","result":[{"metric":{},"histogram":[1,{"count":"1"}]}]}""", "the query gives native histograms")]
    [TestCase("""{"resultType":"vector","result":[{"metric":{}}]}""", "the query gave series without a sample")]
    public async Task Why_there_is_no_value_is_said(string data, string reason)
    {
        using var server = WireServer.Answering(WireServer.Answer(Encoding.UTF8.GetBytes($$"""{"status":"success","data":{{data}}}""")));
        var range = data.Contains("matrix", StringComparison.Ordinal) ? "\nrange: 5m" : "";

        var measured = await ProbeTesting.MeasureAsync($"prometheus: up\nurl: {server.Url}{range}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.StartWith($"no data: {reason}"));
    }

    [TestCase("prometheus: up\nurl: https://127.0.0.1:1\nca: missing.pem")]
    [TestCase("openapi: https://127.0.0.1:1/openapi.json\nca: missing.pem")]
    public async Task Authorities_of_its_own_are_read_for_every_kind_that_speaks_TLS(string yaml)
    {
        var measured = await ProbeTesting.MeasureAsync(yaml);

        Assert.That(measured.Reason, Does.StartWith("was not measured: the file 'missing.pem' that 'ca' names cannot be read"));
    }

    private static async Task<Measurement> MeasureAsync(string more, string body)
    {
        await using var server = await ChaosFront.StartAsync(null, body);
        return await ProbeTesting.MeasureAsync($"prometheus: up\nurl: {server.Url}\n{more}", time: new SkippingTime(Start));
    }
}
