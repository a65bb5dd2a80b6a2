using System.Net;
using GateAction.Core.Model;
using GateAction.Http;
using GateAction.StandIns.Staging;
using GateAction.Tests.Sources;

namespace GateAction.Tests.Http;

/// <summary>A server that a probe asks must not send it to where a machine's credentials are handed out.</summary>
internal sealed class LinkLocalTests
{
    /// <summary>As a server may spell one: notations, mappings, names.</summary>
    private static readonly string[] Inside =
    [
        "http://169.254.169.254/latest/meta-data/", "http://169.254.0.1/", "http://169.254.169.254:8080/", "http://2852039166/",
        "http://0xA9FEA9FE/", "http://0251.0376.0251.0376/", "http://0xa9.0xfe.0xa9.0xfe/", "http://169.254.43518/",
        "http://[::ffff:169.254.169.254]/", "http://[::ffff:a9fe:a9fe]/", "http://[::169.254.169.254]/", "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::]/", "http://[fe80::1]/", "http://[fe80::a9fe:a9fe%25eth0]/", "http://[febf::1]/",
        "http://[fd00:ec2::254]/", "http://[fd20:ce::254]/", "http://metadata.google.internal/computeMetadata/v1/",
        "http://METADATA.google.internal./", "http://metadata/", "http://100.100.100.200/", "http://168.63.129.16/",
    ];

    private static readonly string[] Outside =
    [
        "http://169.253.255.255/", "http://169.255.0.1/", "http://127.0.0.1/", "http://10.0.0.1/", "http://192.168.1.1/", "http://[::1]/",
        "http://[fec0::1]/", "http://[fd00::1]/", "http://[2001:db8::169.254.1.1]/", "http://metadata.example.com/",
        "http://example.com/169.254.169.254",
        "http://[::ffff:10.0.0.1]/",
    ];

    private StagingServer _staging = null!;

    [SetUp]
    public async Task StartAsync() => _staging = await StagingServer.StartAsync(Scenario.Healthy);

    [TearDown]
    public async Task StopAsync() => await _staging.DisposeAsync();

    [TestCaseSource(nameof(Inside))]
    public void What_lies_inside_is_seen_in_every_notation(string url) => Assert.That(LinkLocal.Is(new Uri(url)));

    [TestCaseSource(nameof(Outside))]
    public void What_lies_elsewhere_is_not_taken_for_it(string url) => Assert.That(LinkLocal.Is(new Uri(url)), Is.False);

    [TestCaseSource(nameof(Inside))]
    public async Task A_redirect_there_is_not_followed(string url)
    {
        var measured = await ProbeTesting.MeasureAsync($"{{ http: \"{RedirectTo(url)}\", timeout: 20s }}");

        Assert.That(measured.Outcome, Is.Not.EqualTo(Outcome.Measured));
        Assert.That(measured.Reason, Does.Contain("an address of the machine's own surroundings (link-local or a cloud's metadata)"));
    }

    [Test]
    public async Task A_redirect_elsewhere_is_followed()
    {
        var measured = await ProbeTesting.MeasureAsync($"{{ http: \"{RedirectTo($"http://localhost:{_staging.Url.Port}/echo")}\" }}");

        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(200), measured.Reason);
    }

    [Test]
    public void A_name_that_leads_there_is_refused_when_it_is_connected_to()
    {
        var fault = new NetworkException("refused", isTransient: false, mayHaveActed: true);

        Assert.That(
            async () => await AddressRace.ConnectAsync(
                "localhost", _staging.Url.Port, TimeProvider.System, CancellationToken.None,
                address => IPAddress.IsLoopback(address) ? fault : null),
            Throws.Exception.SameAs(fault));
    }

    private string RedirectTo(string url) => new Uri(_staging.Url, $"/redirect/to?url={Uri.EscapeDataString(url)}").AbsoluteUri;
}
