using GateAction.Core.Model;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources;

internal sealed class WaitTests
{
    private StagingServer _staging = null!;

    [SetUp]
    public async Task StartAsync() => _staging = await StagingServer.StartAsync(Scenario.Healthy);

    [TearDown]
    public async Task StopAsync() => await _staging.DisposeAsync();

    [Test]
    public async Task A_probe_waits_until_its_condition_holds()
    {
        var measured = await MeasureAsync("{ http: /starting, wait: { until: json.startup_complete == true, every: 20ms } }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Fact("json.startup_complete").IsTrue);
        Assert.That(_staging.State.Requests, Has.Count.EqualTo(3));
        Assert.That(measured.Fact("waited").Nanos, Is.GreaterThan(0));
        Assert.That(measured.Caveat, Is.Null);
    }

    [Test]
    public async Task Consecutive_looks_must_all_satisfy_it()
    {
        await MeasureAsync("{ http: /starting, wait: { until: status == 200, consecutive: 3, every: 10ms } }");

        Assert.That(_staging.State.Requests, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task A_soak_begins_after_waiting()
    {
        var measured = await MeasureAsync("{ http: /starting, samples: 4, wait: { until: ok, every: 10ms } }");

        Assert.That(measured.Fact("availability").AsDouble, Is.EqualTo(1));
        Assert.That(_staging.State.Requests, Has.Count.EqualTo(7));
    }

    [Test]
    public async Task What_does_not_come_in_time_is_a_finding_with_what_was_seen_last()
    {
        var measured = await MeasureAsync("{ http: /health, wait: { until: json.status == 'ready', every: 20ms, within: 150ms } }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Does.StartWith("did not reach a ready state within 150ms: json.status == 'ready': "));
        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(200));
    }

    [TestCase("/chaos/hang", "there was no answer")]
    [TestCase("/chaos/truncated-json", "the body is not JSON (line 1, byte 46)")]
    public async Task A_condition_that_cannot_be_read_does_not_hold(string path, string seen)
    {
        var measured = await MeasureAsync($"{{ http: {path}, timeout: 10s, wait: {{ until: json.ready, every: 20ms, within: 150ms }} }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Does.StartWith("did not reach a ready state within 150ms: "));
        Assert.That(measured.Reason, Does.EndWith(seen));
    }

    [Test]
    public async Task A_server_that_starts_late_is_waited_for()
    {
        using var server = new ChaosSocket(Break.Reset, breaks: 3);

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', wait: {{ until: ok, every: 10ms }} }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Fact("attempts").AsInt, Is.EqualTo(4));
        Assert.That(measured.Caveat, Is.Null);
    }

    private Task<Measurement> MeasureAsync(string yaml) => ProbeTesting.MeasureAsync(yaml, _staging.Url);
}
