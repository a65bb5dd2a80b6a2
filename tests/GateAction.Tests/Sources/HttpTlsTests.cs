using System.Security.Cryptography.X509Certificates;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GateAction.Tests.Sources;

internal sealed class HttpTlsTests
{
    private Certificates _certificates = null!;
    private string _authority = null!;

    [OneTimeSetUp]
    public void Issue()
    {
        _certificates = new Certificates(TimeProvider.System);
        _authority = Path.GetTempFileName();
        File.WriteAllText(_authority, _certificates.AuthorityPem);
    }

    [OneTimeTearDown]
    public void Delete()
    {
        _certificates.Dispose();
        File.Delete(_authority);
    }

    [Test]
    public async Task A_certificate_of_a_trusted_authority_gives_its_facts()
    {
        var measured = await MeasureAsync(_certificates.Good(), $"{{ http: /health, ca: {_authority} }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Fact("version").AsString, Is.EqualTo("2"));
        Assert.That(measured.Fact("tls.version").AsString, Is.EqualTo("1.3"));
        Assert.That(measured.Fact("tls.issuer").AsString, Is.EqualTo("CN=Acme Staging Authority"));
        Assert.That(measured.Fact("tls.expires_in").Seconds / 86400.0, Is.EqualTo(30).Within(0.1));
        Assert.That(measured.HasFact("tls.problem"), Is.False);
    }

    [TestCase("1.1", "1.1")]
    [TestCase("2", "2")]
    [TestCase("auto", "2")]
    public async Task The_version_of_HTTP_can_be_chosen(string version, string spoken)
    {
        var measured = await MeasureAsync(_certificates.Good(), $"{{ http: /health, ca: {_authority}, http-version: '{version}' }}");

        Assert.That(measured.Fact("version").AsString, Is.EqualTo(spoken));
    }

    [Test]
    public async Task A_server_that_does_not_speak_the_version_asked_for_is_a_finding()
    {
        await using var server =
            await StagingServer.StartAsync(new StagingState(Scenario.Healthy, ""), _certificates.Good(), HttpProtocols.Http1);

        var measured = await ProbeTesting.MeasureAsync($"{{ http: /health, ca: {_authority}, http-version: '2' }}", server.Url);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Does.StartWith("could not be reached: "));
    }

    [Test]
    public async Task HTTP_2_without_TLS_can_be_asked_for()
    {
        await using var server =
            await StagingServer.StartAsync(new StagingState(Scenario.Healthy, ""), certificate: null, HttpProtocols.Http2);

        var measured = await ProbeTesting.MeasureAsync("{ http: /health, http-version: '2' }", server.Url);

        Assert.That(measured.Fact("version").AsString, Is.EqualTo("2"));
    }

    [Test]
    public async Task An_unknown_authority_is_a_finding()
    {
        var measured = await MeasureAsync(_certificates.Good(), "http: /health");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason,
            Does.StartWith(
            "could not be reached: the certificate comes from an authority that is not trusted ('CN=Acme Staging Authority'), whose "
            + "certificate the server did not send; where that is an intermediate one, the chain is incomplete (127.0.0.1:"));
        Assert.That(measured.Fact("attempts").IsError);
        Assert.That(measured.Fact("tls.problem").AsString, Does.Contain("not trusted"));
    }

    [Test]
    public async Task An_expired_certificate_is_a_finding_and_its_facts_are_known()
    {
        var measured = await MeasureAsync(_certificates.Expired(), $"{{ http: /health, ca: {_authority} }}");

        Assert.That(measured.Reason, Does.Match(@"^could not be reached: the certificate expired on \d{4}-\d\d-\d\d \(127"));
        Assert.That(measured.Fact("tls.expires_in").Seconds, Is.LessThan(0));
    }

    [Test]
    public async Task A_certificate_for_another_host_is_a_finding()
    {
        var measured = await MeasureAsync(_certificates.ForAnotherHost(), $"{{ http: /health, ca: {_authority} }}");

        Assert.That(measured.Reason,
            Does.StartWith("could not be reached: the certificate is for 'shop.example.com', not for '127.0.0.1' ("));
    }

    [Test]
    public async Task Insecure_goes_on_and_says_what_is_wrong()
    {
        var measured = await MeasureAsync(_certificates.Expired(), "{ http: /health, insecure: true }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(200));
        Assert.That(measured.Fact("tls.problem").AsString, Does.StartWith("the certificate expired on"));
        Assert.That(measured.Fact("tls.version").Kind, Is.EqualTo(ValueKind.String));
    }

    [Test]
    public async Task An_authority_file_that_is_missing_is_said()
    {
        var measured = await MeasureAsync(_certificates.Good(), "{ http: /health, ca: nowhere.pem }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason,
            Is.EqualTo("was not measured: the file 'nowhere.pem' that 'ca' names cannot be read: it does not exist"));
    }

    [Test]
    public async Task A_server_without_TLS_is_a_finding()
    {
        await using var server = await StagingServer.StartAsync(Scenario.Healthy);

        var measured = await ProbeTesting.MeasureAsync($"{{ http: 'https://127.0.0.1:{server.Url.Port}/health', attempts: 1 }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason,
            Does.StartWith("could not be reached: the server speaks no TLS; it begins with 'HTTP/1.1 400 Bad Request'"));
    }

    [Test]
    public async Task A_redirect_from_https_to_http_is_never_followed()
    {
        await using var plain = await StagingServer.StartAsync(Scenario.Healthy);

        var measured = await MeasureAsync(_certificates.Good(), $"{{ http: '/redirect/to?url={plain.Url}health', ca: {_authority} }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Does.StartWith("could not be reached: redirected from https to http (http://127.0.0.1:"));
        Assert.That(plain.State.Requests, Is.Empty);
    }

    private static async Task<Measurement> MeasureAsync(X509Certificate2 certificate, string yaml)
    {
        await using var server = await StagingServer.StartAsync(new StagingState(Scenario.Healthy, ""), certificate);
        return await ProbeTesting.MeasureAsync(yaml, server.Url);
    }
}
