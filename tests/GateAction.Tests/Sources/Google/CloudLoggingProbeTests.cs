using System.Globalization;
using System.Text.Json.Nodes;
using GateAction.Core.Model;
using GateAction.StandIns.Google;

namespace GateAction.Tests.Sources.Google;

internal sealed class CloudLoggingProbeTests
{
    private const string Yaml =
        "cloud-logging: { project: acme-staging, filter: 'resource.labels.service_name=\"backend\"' }\nsettle: 0s\n";
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private GoogleWorld _world = null!;

    [SetUp]
    public async Task StartAsync() => _world = await GoogleWorld.StartWithServiceAccountAsync();

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Entries_are_counted_by_severity_and_pattern()
    {
        Add(50, "INFO", "Step 26: ClickHouse initialized");
        Add(40, "WARNING", "SSOT WARNING: Found other WebSocket Manager classes");
        Add(30, "ERROR", "could not connect\nto redis");
        Add(20, null, "ERROR: a line that a program wrote to its output");
        Add(10, "NOTICE", "done");

        var measured = await _world.MeasureAsync(Yaml
            + "since: 2h\ncount: { clickhouse: 'Step \\d+: ClickHouse', redis: 'to redis', nothing: nothing at all }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Reason, Is.Null);
        Assert.That(measured.Fact("total").AsInt, Is.EqualTo(5));
        Assert.That(Counts(measured, "info", "notice", "warning", "error", "critical", "default"), Is.EqualTo(new[] { 1, 1, 1, 2, 0, 0 }));
        Assert.That((measured.Fact("counts.clickhouse").AsInt, measured.Fact("counts.redis").AsInt, measured.Fact("counts.nothing").AsInt),
            Is.EqualTo((1, 1, 0)));
        Assert.That(measured.Details,
            Does.Contain("could not connect to redis").And.Contain("SSOT WARNING: Found other WebSocket Manager classes"));
        Assert.That(measured.Subject, Is.EqualTo("acme-staging: resource.labels.service_name=\"backend\""));
    }

    [Test]
    public async Task Every_kind_of_payload_has_a_line()
    {
        Add(50, "INFO", """{"jsonPayload": {"message": "order placed", "order": 7}}""");
        Add(40, "WARNING", """{"httpRequest": {"requestMethod": "GET", "requestUrl": "/v1/orders", "status": 504, "latency": "5.052s"}}""");
        Add(30, "ERROR",
            """{"protoPayload": {"methodName": "google.cloud.run.v2.Services.UpdateService", "status": {"code": 7, "message": "denied"}}}""");
        Add(20, "ERROR", """{"jsonPayload": {"trace": [1, 2]}}""");

        var measured = await _world.MeasureAsync(Yaml + "count: { seventh: '\"order\": ?7', slow: ' 504 5\\.' }");

        Assert.That(measured.Fact("lines").AsList.Select(line => line.AsString),
            Is.EqualTo(new[] { "GET /v1/orders 504 5.052s", "denied", """{"trace":[1,2]}""" }));
        Assert.That((measured.Fact("counts.seventh").AsInt, measured.Fact("counts.slow").AsInt), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Known_issues_are_counted_apart_until_they_expire()
    {
        Add(20, "ERROR", "SessionMiddleware must be installed");
        Add(10, "ERROR", "OTEL exporter failed");

        var measured = await _world.MeasureAsync(Yaml
            + "known: [{ pattern: SessionMiddleware, reason: '#2101', expires: 2199-01-01 }, { pattern: OTEL, reason: '#7', expires: "
            + "2020-01-01 }]");

        Assert.That(measured.Fact("severity.error").AsInt, Is.EqualTo(1));
        Assert.That(measured.Fact("known").AsInt, Is.EqualTo(1));
        Assert.That(measured.Fact("expired").AsList.Single().AsString, Is.EqualTo("#7"));
    }

    [Test]
    public async Task All_pages_are_read_and_the_window_is_asked_for()
    {
        for (var i = 0; i < 2500; i++)
            Add(3000 - i, "INFO", $"line {i}");
        Add(3700, "ERROR", "before the window");
        Add(-3600, "ERROR", "after the window");

        var measured = await _world.MeasureAsync(Yaml + $"since: {Format(Now.AddSeconds(-3600))}");

        Assert.That(measured.Fact("total").AsInt, Is.EqualTo(2500));
        Assert.That(measured.Fact("severity.error").AsInt, Is.Zero);
        Assert.That(measured.Fact("truncated").IsFalse);
        Assert.That(_world.Google.LogQueries, Has.Count.EqualTo(3));
        var query = _world.Google.LogQueries.First();
        Assert.That(query["resourceNames"]!.ToJsonString(), Is.EqualTo("""["projects/acme-staging"]"""));
        Assert.That(query["filter"]!.GetValue<string>(),
            Does.StartWith($"(resource.labels.service_name=\"backend\"\n) AND timestamp>=\"{Format(Now.AddSeconds(-3600))[..19]}"));
    }

    [TestCase(2500, false)]
    [TestCase(2499, true)]
    [TestCase(1000, true)]
    [TestCase(1, true)]
    public async Task More_entries_than_allowed_leave_the_log_not_clean(int most, bool isCut)
    {
        for (var i = 0; i < 2500; i++)
            Add(3000 - i, "INFO", $"line {i}");

        var measured = await _world.MeasureAsync(Yaml + $"max-entries: {most}");

        Assert.That(measured.Fact("total").AsInt, Is.EqualTo(most));
        Assert.That(measured.Fact("truncated").IsTrue, Is.EqualTo(isCut));
        Assert.That(measured.Outcome, Is.EqualTo(isCut ? Outcome.Unclean : Outcome.Measured));
        if (isCut)
            Assert.That(measured.Reason,
                Does.StartWith($"there are more than {most} entries since").And.EndWith("narrow 'filter' or raise 'max-entries'"));
    }

    [Test]
    public async Task An_empty_log_proves_nothing_unless_the_manifest_says_so()
    {
        var empty = await _world.MeasureAsync(Yaml);
        var tolerated = await _world.MeasureAsync(Yaml + "min-lines: 0");

        Assert.That(empty.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(empty.Reason, Does.Contain("the log holds no line").And.Contain("an empty log proves nothing"));
        Assert.That(tolerated.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(tolerated.Fact("severity.error").AsInt, Is.Zero);
    }

    [Test]
    public async Task It_waits_until_entries_have_arrived_and_reads_up_to_where_it_began()
    {
        Add(10, "INFO", "line");
        var before = TimeProvider.System.GetUtcNow();
        _world.Time = new SkippingTime(before);

        var measured = await _world.MeasureAsync(Yaml.Replace("settle: 0s", "settle: 40s"));

        Assert.That(measured.Fact("total").AsInt, Is.EqualTo(1));
        Assert.That(_world.Time.GetUtcNow() - before, Is.EqualTo(TimeSpan.FromSeconds(40)));
        var filter = _world.Google.LogQueries.Single()["filter"]!.GetValue<string>();
        var end = DateTimeOffset.Parse(filter.Split("timestamp<\"")[1].Split('"')[0], CultureInfo.InvariantCulture);
        Assert.That(end, Is.EqualTo(before));
    }

    [Test]
    public async Task A_window_that_ended_long_ago_is_not_waited_for()
    {
        Add(3000, "INFO", "line");
        var before = TimeProvider.System.GetUtcNow();
        _world.Time = new SkippingTime(before);

        var measured = await _world.MeasureAsync(Yaml.Replace("settle: 0s", "settle: 20m") + "since: 2h\nuntil: 40m");

        Assert.That(measured.Fact("total").AsInt, Is.EqualTo(1));
        Assert.That(_world.Time.GetUtcNow(), Is.EqualTo(before));
    }

    [Test]
    public async Task Since_can_be_a_fact_of_another_probe()
    {
        RunResources.AddTo(_world.Google);
        Add(10, "INFO", "line");
        var service = ProbeTesting.SourceOf("service", "cloud-run: { project: acme-staging, region: us-central1, service: backend }");
        var logs = ProbeTesting.SourceOf("logs", Yaml + "since: service.deployed_at") with { DependsOn = ["service"] };

        var evidence = await _world.CollectAsync([service, logs]);

        Assert.That(evidence.Measurements["logs"].Reason, Is.Null);
        Assert.That(evidence.Measurements["logs"].Fact("since").Seconds,
            Is.EqualTo(evidence.Measurements["service"].Fact("deployed_at").Seconds));
    }

    [TestCase("Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\nKeyError: 1")]
    [TestCase("java.lang.IllegalStateException: closed\n\tat a.B.c(B.java:1)")]
    [TestCase("""{ "jsonPayload": { "level": "error", "msg": "x" } }""")]
    [TestCase("""{ "jsonPayload": { "level": "AUDIT", "msg": "x" } }""")]
    public async Task An_entry_without_a_severity_is_read_by_what_the_program_wrote(string payload)
    {
        Add(10, "INFO", "up");
        Add(5, "DEFAULT", payload);

        var measured = await _world.MeasureAsync(Yaml + "levels: { audit: error }");

        Assert.That(Counts(measured, "info", "error"), Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public async Task An_entry_whose_severity_is_not_known_is_no_zero_errors()
    {
        Add(10, "INFO", "up");
        Add(5, null, """{ "jsonPayload": { "level": "AUDIT", "msg": "x" } }""");

        var measured = await _world.MeasureAsync(Yaml);

        Assert.That(measured.Reason, Does.Contain("has lines of severity 'AUDIT', which is not known"));
        Assert.That(measured.Facts.AsMap.TryGet("severity", out _), Is.False);
    }

    [Test]
    public async Task Every_refusal_is_one_sentence_with_what_to_grant_or_correct()
    {
        var google = _world.Google;
        google.Denied.Add("logging.logEntries.list");
        var reasons = new List<string?> { await ReasonAsync(Yaml) };
        google.Denied.Clear();
        google.Disabled.Add("logging.googleapis.com");
        reasons.Add(await ReasonAsync(Yaml));
        google.Disabled.Clear();
        reasons.Add(await ReasonAsync(Yaml.Replace("\"backend\"", "\"backend")));
        reasons.Add(await ReasonAsync(Yaml + "since: 2026-01-02T00:00:00Z\nuntil: 2026-01-01T00:00:00Z"));

        Snapshot.Match(string.Join("\n", reasons));
    }

    private async Task<string?> ReasonAsync(string yaml) => (await _world.MeasureAsync(yaml)).Reason;

    private void Add(int secondsAgo, string? severity, string payload)
    {
        var entry = payload.StartsWith('{') ? JsonNode.Parse(payload)!.AsObject() : new JsonObject { ["textPayload"] = payload };
        entry["timestamp"] = Format(Now.AddSeconds(-secondsAgo));
        if (severity is not null)
            entry["severity"] = severity;
        _world.Google.Entries.Add(entry);
    }

    private static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.123456789Z'", CultureInfo.InvariantCulture);

    private static int[] Counts(Measurement measured, params string[] severities) =>
        [.. severities.Select(severity => (int)measured.Fact($"severity.{severity}").AsInt)];
}
