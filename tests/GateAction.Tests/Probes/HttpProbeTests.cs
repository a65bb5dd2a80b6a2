using GateAction.Core;
using GateAction.Demo.Staging;

namespace GateAction.Tests.Probes;

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
        Assert.That(measured.HasFact("tls"), Is.False);
    }

    private Task<Measurement> MeasureAsync(string yaml) => ProbeTesting.MeasureAsync(yaml, _staging.Url);
}
