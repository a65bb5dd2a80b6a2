using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;
using GateAction.Surroundings;

namespace GateAction.Tests.Sources;

internal sealed class HttpProbeTests
{
    private StagingServer _staging = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _staging = await StagingServer.StartAsync(Scenario.Healthy, "4f1c0de");

    [OneTimeTearDown]
    public async Task StopAsync() => await _staging.DisposeAsync();

    [Test]
    public async Task An_answer_gives_every_fact()
    {
        var measured = await MeasureAsync("http: /health");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Reason, Is.Null);
        Assert.That(measured.Subject, Is.EqualTo($"GET {_staging.Url}health"));
        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(200));
        Assert.That(measured.Fact("ok").IsTrue);
        Assert.That(measured.Fact("version").AsString, Is.EqualTo("1.1"));
        Assert.That(measured.Fact("headers.content-type").AsString, Is.EqualTo("application/json"));
        Assert.That(measured.Fact("json.checks.postgres.latency_ms").AsInt, Is.EqualTo(14));
        Assert.That(measured.Fact("json.git_sha").AsString, Is.EqualTo("4f1c0de"));
        Assert.That(measured.Fact("size").AsInt, Is.EqualTo(measured.Fact("body").AsString.Length));
        Assert.That(measured.Fact("attempts").AsInt, Is.EqualTo(1));
        Assert.That(measured.Fact("samples").AsInt, Is.EqualTo(1));
        Assert.That(measured.Fact("availability").AsDouble, Is.EqualTo(1));
        Assert.That(measured.HasFact("tls"), Is.False);
    }

    [Test]
    public async Task Every_fact_that_is_measured_is_declared_with_its_type()
    {
        var measured = await MeasureAsync("http: /health");

        foreach (var (name, value) in measured.Facts.AsMap.Entries)
            Assert.That(measured.Declared!.Facts.Fields!.ContainsKey(name.AsString), name.AsString);
        Assert.That(measured.Fact("latency.p95").Kind, Is.EqualTo(ValueKind.Duration));
        Assert.That(measured.Fact("waited").Kind, Is.EqualTo(ValueKind.Duration));
    }

    [TestCase("http: /echo", "GET", "")]
    [TestCase("{ http: /echo, method: DELETE }", "DELETE", "")]
    [TestCase("{ http: /echo, body: hello }", "POST", "hello")]
    [TestCase("{ http: /echo, method: PUT, json: { user: smoke, on: true, n: [1, 2.5] } }", "PUT",
        """{"user":"smoke","on":true,"n":[1,2.5]}""")]
    [TestCase("{ http: /echo, form: { a: 'b c&d', e: ü } }", "POST", "a=b+c%26d&e=%C3%BC")]
    public async Task Method_and_body_are_sent_as_written(string yaml, string method, string body)
    {
        var measured = await MeasureAsync(yaml);

        Assert.That(measured.Fact("json.method").AsString, Is.EqualTo(method));
        Assert.That(measured.Fact("json.body").AsString, Is.EqualTo(body));
    }

    [TestCase("{ http: /echo, json: { a: 1 } }", "content-type", "application/json")]
    [TestCase("{ http: /echo, form: { a: 1 } }", "content-type", "application/x-www-form-urlencoded")]
    [TestCase("{ http: /echo, json: { a: 1 }, headers: { Content-Type: application/merge-patch+json } }", "content-type",
        "application/merge-patch+json")]
    [TestCase("{ http: /echo, headers: { X-Trace: 'a b' } }", "x-trace", "a b")]
    [TestCase("{ http: /echo, headers: { Host: shop.example.com } }", "host", "shop.example.com")]
    [TestCase("{ http: /echo, basic-auth: 'ci:hush' }", "authorization", "***")]
    public async Task Headers_are_sent_as_written(string yaml, string name, string value)
    {
        var measured = await MeasureAsync(yaml);

        Assert.That(measured.Fact($"json.headers.{name}").AsString, Does.EndWith(value));
    }

    [Test]
    public async Task Headers_of_the_defaults_go_to_the_target_and_to_no_other_host()
    {
        await using var other = await StagingServer.StartAsync(Scenario.Healthy);
        const string defaults = "{ headers: { X-Token: for-the-target, X-Both: general } }";

        var evidence = await ProbeTesting.CollectAsync(
            [("here", "{ http: /echo, headers: { X-Both: own } }"), ("there", $"http: {other.Url}echo")],
            _staging.Url,
            defaults: defaults);

        Assert.That(evidence.Measurements["here"].Fact("json.headers.x-token").AsString, Is.EqualTo("for-the-target"));
        Assert.That(evidence.Measurements["here"].Fact("json.headers.x-both").AsString, Is.EqualTo("own"));
        Assert.That(evidence.Measurements["there"].HasFact("json.headers"));
        Assert.That(evidence.Measurements["there"].HasFact("json.headers.x-token"), Is.False);
    }

    [Test]
    public async Task A_path_continues_the_path_of_the_target()
    {
        var measured = await ProbeTesting.MeasureAsync("http: /orders", new Uri(_staging.Url, "/v1/"));

        Assert.That(measured.Fact("url").AsString, Is.EqualTo($"{_staging.Url}v1/orders"));
    }

    [Test]
    public async Task A_path_without_a_target_is_not_measured()
    {
        var measured = await ProbeTesting.MeasureAsync("http: /health");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason,
            Is.EqualTo("the URL '/health' is relative and there is no target; write `target: https://…` in the manifest"));
    }

    [Test]
    public async Task Latency_is_the_time_to_the_last_byte()
    {
        var time = new FakeTimeProvider();
        using var server = new WireServer(async stream =>
        {
            await WireServer.ReadHeadAsync(stream);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc"u8.ToArray());
            time.Advance(TimeSpan.FromMilliseconds(300));
            await stream.WriteAsync("d"u8.ToArray());
        });

        var measured = await ProbeTesting.MeasureAsync($"http: {server.Url}", time: time);

        Assert.That((Seconds(measured, "latency.p50"), Seconds(measured, "connect")), Is.EqualTo((0.3, 0)));
    }

    [Test]
    public async Task Several_samples_give_percentiles_and_one_line_of_latencies()
    {
        var measured = await MeasureAsync("{ http: /health, samples: 20 }");

        Assert.That(measured.Samples, Has.Count.EqualTo(20).And.None.Null);
        Assert.That(measured.Fact("samples").AsInt, Is.EqualTo(20));
        Assert.That(Seconds(measured, "latency.p95"), Is.InRange(Seconds(measured, "latency.p50"), Seconds(measured, "latency.max")));
        Assert.That(Seconds(measured, "latency.p95"),
            Is.EqualTo(measured.Samples!.Order().ElementAt(18)!.Value.TotalSeconds).Within(0.0001));
    }

    [Test]
    public async Task Samples_start_at_their_time()
    {
        var measured = await ProbeTesting.MeasureAsync(
            "{ http: /health, samples: 4, every: 150ms }", _staging.Url, new SkippingTime());

        Assert.That(measured.Duration, Is.EqualTo(TimeSpan.FromMilliseconds(450)));
    }

    [Test]
    public async Task A_sample_without_an_answer_is_never_tried_again_and_leaves_its_mark()
    {
        using var server = new ChaosSocket(Break.Reset, breaks: 1);

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', samples: 4, timeout: 2s }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Fact("availability").AsDouble, Is.EqualTo(0.75));
        Assert.That(measured.Fact("failures").AsInt, Is.EqualTo(1));
        Assert.That(Seconds(measured, "latency.max"), Is.EqualTo(2));
        Assert.That(measured.Samples!.Count(sample => sample is null), Is.EqualTo(1));
        Assert.That(measured.Caveat, Does.StartWith("1 of 4 samples were not answered: connection reset"));
        Assert.That(server.Accepted, Is.EqualTo(4));
    }

    [Test]
    public async Task A_soak_that_nobody_answers_is_a_finding()
    {
        using var server = new ChaosSocket(Break.Reset);

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', samples: 3 }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Does.Contain("connection reset").And.EndWith("3 times of 3"));
    }

    [Test]
    public async Task A_retry_is_recorded()
    {
        using var server = new ChaosSocket(Break.Reset, breaks: 1);

        var measured = await ProbeTesting.MeasureAsync($"http: {server.Url}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Fact("attempts").AsInt, Is.EqualTo(2));
        Assert.That(measured.Caveat, Does.StartWith("answered on attempt 2 of 3 after: connection reset (127.0.0.1:"));
    }

    [Test]
    public async Task What_may_have_been_done_is_not_done_twice()
    {
        using var server = new ChaosSocket(Break.Reset, breaks: 1);

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', method: POST }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(server.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task A_thousand_measurements_of_a_healthy_server_all_succeed()
    {
        var probes = Enumerable.Range(0, 1000).Select(i => ($"p{i}", "{ http: /health, attempts: 1 }")).ToArray();

        var evidence = await ProbeTesting.CollectAsync(probes, _staging.Url);

        Assert.That(evidence.Measurements.Values.Where(measured => measured.Outcome != Outcome.Measured || measured.Caveat is not null
            || !measured.Fact("ok").IsTrue), Is.Empty);
    }

    [Test]
    public async Task A_private_service_is_shown_an_ID_token_for_itself()
    {
        await using var world = await Google.GoogleWorld.StartWithServiceAccountAsync();
        var sources = new[] { ProbeTesting.SourceOf("probe", "{ http: /echo, auth: google-id-token, headers: { Authorization: none } }") };
        var collection = new GateAction.Sources.Collection("test", sources, Value.Map(), null, _staging.Url, 256, 64,
            TimeSpan.FromMinutes(1));
        using var collector = new GateAction.Sources.Collector(collection, world.Shell, world.Secrets);

        var measured = (await collector.CollectAsync(CancellationToken.None)).Measurements["probe"];

        var sent = _staging.State.Requests.Last(request => request.Path == "/echo").Headers["Authorization"];
        Assert.That(sent, Does.StartWith("Bearer ").And.Length.GreaterThan(20));
        Assert.That(measured.Fact("json.headers.authorization").AsString, Does.Contain("***").And.Not.EqualTo(sent));
    }

    [Test]
    public async Task Without_credentials_of_Google_a_private_service_is_not_measured()
    {
        await using var world = await Google.GoogleWorld.StartAsync();
        var sources = new[] { ProbeTesting.SourceOf("probe", "{ http: /echo, auth: google-id-token }") };
        var collection = new GateAction.Sources.Collection("test", sources, Value.Map(), null, _staging.Url, 256, 64,
            TimeSpan.FromMinutes(1));
        using var collector = new GateAction.Sources.Collector(collection, world.Shell, world.Secrets);

        var measured = (await collector.CollectAsync(CancellationToken.None)).Measurements["probe"];

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.StartWith("was not measured: "));
    }

    [Test]
    public async Task Of_a_large_body_only_what_a_condition_reads_is_kept()
    {
        var text = $$"""{"status": "ok", "filler": "{{new string('x', 100_000)}}", "items": [{"id": 1}, {"id": 2}]}""";
        await using var large = await ChaosFront.StartAsync(null, text);
        await using var small = await ChaosFront.StartAsync(null, """{"status": "ok", "filler": "x"}""");
        await using var broken = await ChaosFront.StartAsync(null, text[..^1]);
        string[] read = ["large.json.status == 'ok' && large.json.items.all(item, item.id > 0)", "small.json.status == 'ok'",
            "broken.json.status == 'ok'"];

        var measured = await CollectAsync(read, ("large", large.Url), ("small", small.Url), ("broken", broken.Url));

        Assert.That(ValueJson.Write(measured["large"].Fact("json")), Is.EqualTo("""{"status":"ok","items":[{"id":1},{"id":2}]}"""));
        Assert.That(measured["large"].HasFact("body"), Is.False);
        Assert.That(measured["large"].KeptFor, Is.EqualTo(new[] { read[0] }));
        Assert.That(measured["small"].KeptFor, Is.Null);
        Assert.That(measured["large"].Fact("size").AsInt, Is.EqualTo(text.Length));
        Assert.That(measured["small"].Fact("json.filler").AsString, Is.EqualTo("x"));
        Assert.That(measured["broken"].HasFact("json"), Is.False);
        Assert.That(measured["broken"].Reason, Does.StartWith("the body is not JSON (line 1, byte "));
    }

    private static async Task<IReadOnlyDictionary<string, Measurement>> CollectAsync(string[] conditions,
        params (string Name, Uri Url)[] probes)
    {
        var sources = probes.Select(probe => ProbeTesting.SourceOf(probe.Name, $"http: {probe.Url}")).ToArray();
        var collection = new GateAction.Sources.Collection("test", sources, Value.Map(), null, null, 256, 64, TimeSpan.FromMinutes(1))
        {
            Conditions = [.. conditions.Select(text => Condition.Parse(text).Condition!)],
        };
        using var collector = new GateAction.Sources.Collector(collection, ProbeTesting.Shell, new Secrets());
        return (await collector.CollectAsync(CancellationToken.None)).Measurements;
    }

    private Task<Measurement> MeasureAsync(string yaml) => ProbeTesting.MeasureAsync(yaml, _staging.Url);

    private static double Seconds(Measurement measured, string path) =>
        measured.Fact(path) is { Kind: ValueKind.Duration } value ? value.Seconds + value.Nanos / 1e9 : double.NaN;
}
