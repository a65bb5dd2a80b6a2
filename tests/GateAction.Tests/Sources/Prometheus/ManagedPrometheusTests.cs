using GateAction.Core.Model;
using GateAction.Tests.Sources.Google;

namespace GateAction.Tests.Sources.Prometheus;

/// <summary>Google's managed Prometheus, with the job's credentials.</summary>
internal sealed class ManagedPrometheusTests
{
    private GoogleWorld _world = null!;

    private string Yaml => $"prometheus: up\nurl: {_world.Google.Url}v1/projects/acme-staging/location/global/prometheus\nauth: google";

    [SetUp]
    public async Task StartAsync() => _world = await GoogleWorld.StartWithServiceAccountAsync();

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task A_token_of_the_job_is_sent()
    {
        var measured = await _world.MeasureAsync(Yaml);

        Assert.That(measured.Reason, Is.Null);
        Assert.That(measured.Fact("value").AsDouble, Is.EqualTo(0.42));
        Assert.That(_world.Google.Requests, Does.Contain("POST /token"));
    }

    [Test]
    public async Task Without_the_role_the_sentence_names_it()
    {
        _world.Google.Denied.Add("monitoring.timeSeries.list");

        var measured = await _world.MeasureAsync(Yaml);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason,
            Is.EqualTo(
            "Google's managed Prometheus denies access (Permission 'monitoring.timeSeries.list' denied on resource "
            + "'projects/acme-staging' (or resource may not exist)); grant the gate's account roles/monitoring.viewer on the project, or "
            + "correct the project in 'url'"));
    }

    [Test]
    public async Task Without_a_token_it_says_that_the_credentials_are_missing()
    {
        var measured = await _world.MeasureAsync(Yaml.Replace("auth: google", "auth: none"));

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.StartWith("Google's managed Prometheus does not accept the credentials"));
    }

    [Test]
    public async Task A_token_is_not_sent_over_an_open_line()
    {
        var measured = await _world.MeasureAsync("prometheus: up\nurl: http://prometheus.example.com\nauth: google");

        Assert.That(measured.Reason,
            Is.EqualTo("was not measured: a token of Google is not sent over an open line; write 'url' with https"));
    }
}
