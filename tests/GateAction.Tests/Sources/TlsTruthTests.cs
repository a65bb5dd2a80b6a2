using System.Net.Security;
using System.Security.Authentication;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources;

/// <summary>Chains, names and client certificates, for every kind that speaks TLS.</summary>
internal sealed class TlsTruthTests
{
    private static readonly string[] Kinds =
        ["http: 'https://127.0.0.1:PORT/'", "tcp: '127.0.0.1:PORT', tls: true", "websocket: 'wss://127.0.0.1:PORT/'",
        "prometheus: up, url: 'https://127.0.0.1:PORT/'", "openapi: 'https://127.0.0.1:PORT/'", "grpc: 'https://127.0.0.1:PORT/'"];

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

    [TestCaseSource(nameof(Kinds))]
    public async Task A_server_that_leaves_out_its_intermediate_certificate_is_not_helped(string kind)
    {
        var (certificate, intermediate) = _certificates.BelowIntermediate(TimeSpan.FromDays(10));
        using var whole = Serve(WireServer.Tls(certificate, [intermediate]));
        using var gap = Serve(WireServer.Tls(certificate));

        var first = await MeasureAsync(kind, whole);
        var second = await MeasureAsync(kind, gap);

        Assert.That(first.Reason ?? "", Does.Not.Contain("certificate"));
        Assert.That(second.Reason,
            Does.Contain(
            "('CN=Acme Intermediate Authority'), whose certificate the server did not send; where that is an intermediate one, the chain "
            + "is incomplete"));
    }

    [TestCase("http: 'https://127.0.0.1:PORT/'")]
    [TestCase("tcp: '127.0.0.1:PORT', tls: true")]
    public async Task The_chain_runs_out_with_its_first_certificate(string kind)
    {
        var (certificate, intermediate) = _certificates.BelowIntermediate(TimeSpan.FromDays(10));
        using var server = Serve(WireServer.Tls(_certificates.Good()));
        using var below = Serve(WireServer.Tls(certificate, [intermediate]));

        Assert.That((await MeasureAsync(kind, server)).Fact("tls.chain_expires_in").Seconds / 86400.0, Is.EqualTo(30).Within(0.1));
        Assert.That((await MeasureAsync(kind, below)).Fact("tls.chain_expires_in").Seconds / 86400.0, Is.EqualTo(10).Within(0.1));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task A_certificate_that_names_no_host_is_refused(string kind)
    {
        using var server = Serve(WireServer.Tls(_certificates.WithoutAlternativeName()));

        var measured = await MeasureAsync(kind, server);

        Assert.That(measured.Reason,
            Does.Contain(
            "the certificate names no host: it has no subject alternative name (SAN), and clients do not look at its common name "
            + "('CN=localhost')"));
    }

    [Test]
    public async Task A_client_certificate_that_is_asked_for_is_named([ValueSource(nameof(Kinds))]
    string kind, [Values(SslProtocols.Tls12, SslProtocols.Tls13)] SslProtocols version)
    {
        var tls = WireServer.Tls(_certificates.Good(), asksForCertificate: true, protocols: version);
        tls.ApplicationProtocols = kind.StartsWith("grpc", StringComparison.Ordinal) ? [SslApplicationProtocol.Http2] : null;
        using var server = Serve(tls);

        var measured = await MeasureAsync(kind, server);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable).Or.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.Contain("the server asks for a client certificate, and the gate has none to show (127.0.0.1:"));
    }

    [Test]
    public async Task A_server_that_only_offers_to_see_a_client_certificate_is_measured()
    {
        var options = WireServer.Tls(_certificates.Good());
        options.ClientCertificateRequired = true;
        using var server = Serve(options);

        var http = await MeasureAsync(Kinds[0], server);
        var tcp = await MeasureAsync(Kinds[1], server);

        Assert.That(http.Fact("tls.asks_for_certificate").IsTrue, http.Reason);
        Assert.That(tcp.Fact("tls.asks_for_certificate").IsTrue, tcp.Reason);
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task What_one_server_asks_for_is_not_said_of_another(string kind)
    {
        using var asking = Serve(WireServer.Tls(_certificates.Good(), asksForCertificate: true));
        using var other = new WireServer(async stream =>
        {
            await WireServer.ReadHeadAsync(stream);
            await stream.WriteAsync(WireServer.Answer("{}"u8.ToArray()).AsMemory(..20));
        }, WireServer.Tls(_certificates.Good()));

        var evidence = await ProbeTesting.CollectAsync([("first", Written(kind, asking)), ("second", Written(kind, other))]);

        Assert.That(evidence.Measurements["first"].Reason, Does.Contain("the server asks for a client certificate"));
        Assert.That(evidence.Measurements["second"].Reason ?? "", Does.Not.Contain("client certificate"));
        Assert.That(evidence.Measurements["second"].Fact("tls.asks_for_certificate").IsTrue, Is.False);
    }

    private static IEnumerable<TestCaseData> Beginnings()
    {
        TestCaseData Case(string name, byte[] says, string reason) => new TestCaseData(says, reason).SetArgDisplayNames(name);
        foreach (var (alert, reason) in new[]
        {
            (40, "the server refused the handshake: it accepts none of the ciphers that were offered, or wants a client certificate"),
            (70, "the server speaks no version of TLS that was offered (1.2 and 1.3)"),
            (80, "the server had an error of its own in the TLS handshake"),
            (112, "the server does not know the name it was asked for"),
            (49, "the server ended the TLS handshake with the alert 49"),
        })
            yield return Case($"alert {alert}", [21, 3, 3, 0, 2, 2, (byte)alert], reason);
        yield return Case("nothing", [], "the server ended the connection while TLS began");
        yield return Case("a farewell", [21, 3, 3, 0, 2, 1, 0], "the server ended the connection while TLS began");
        yield return Case("a greeting of its own", "220 mail.example.com ready\r\n"u8.ToArray(),
            "the server speaks no TLS; it begins with '220 mail.example.com ready'");
        yield return Case("HTTP", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
            "the server speaks no TLS; it begins with 'HTTP/1.1 400 Bad Request'");
        yield return Case("TLS 1.1", [22, 3, 2, 0, 44, 2, 0, 0, 40, 3, 2, .. new byte[32], 0, 0xc0, 0x13, 0, 0, 0],
            "the server speaks no version of TLS that was offered (1.2 and 1.3)");
        yield return Case("TLS 1.1, a byte a record",
            [.. ((byte[])[2, 0, 0, 40, 3, 2, .. new byte[32], 0, 0xc0, 0x13, 0, 0, 0]).SelectMany(one => (byte[])[22, 3, 2, 0, 1, one])],
            "the server speaks no version of TLS that was offered (1.2 and 1.3)");
    }

    [Test]
    public async Task Why_TLS_does_not_begin_is_said(
        [ValueSource(nameof(Kinds))] string kind, [ValueSource(nameof(Beginnings))] TestCaseData beginning)
    {
        var (says, reason) = ((byte[])beginning.Arguments[0]!, (string)beginning.Arguments[1]!);
        using var server = new WireServer(async stream =>
        {
            Assert.That(await stream.ReadAsync(new byte[16 * 1024]), Is.Positive);
            await stream.WriteAsync(says);
        });

        var measured = await MeasureAsync(kind, server);

        Assert.That(measured.Reason, Does.Contain($"{reason} (127.0.0.1:"));
    }

    [TestCase("http: 'https://127.0.0.1:PORT/'")]
    [TestCase("tcp: '127.0.0.1:PORT', tls: true")]
    public async Task Insecure_goes_on_over_a_gap_and_says_it(string kind)
    {
        var (certificate, _) = _certificates.BelowIntermediate(TimeSpan.FromDays(10));
        using var server = Serve(WireServer.Tls(certificate));

        var measured = await ProbeTesting.MeasureAsync($"{{ {kind.Replace("PORT", $"{server.Port}")}, insecure: true, attempts: 1 }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Fact("tls.problem").AsString, Does.Contain("whose certificate the server did not send"));
    }

    [Test]
    public async Task Silence_after_the_handshake_is_connected()
    {
        using var server = new WireServer(async stream => await WireServer.ReadHeadAsync(stream), WireServer.Tls(_certificates.Good()));

        var measured = await MeasureAsync(Kinds[1], server);

        Assert.That(measured.Fact("connected").IsTrue, measured.Reason);
    }

    [Test]
    public async Task A_body_without_a_length_is_whole_if_TLS_ends_before_the_connection(
        [Values(SslProtocols.Tls12, SslProtocols.Tls13)] SslProtocols version, [Values] bool saysSo, [Values("", "x", "xyz")] string body,
        [Values("", "1", "12", "123")] string lastRecord)
    {
        using var server = new WireServer(async stream =>
        {
            await WireServer.ReadHeadAsync(stream);
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n\r\n{body}"));
            if (lastRecord.Length > 0)
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(lastRecord));
            if (saysSo)
                await ((SslStream)stream).ShutdownAsync();
        }, WireServer.Tls(_certificates.Good(), protocols: version));

        var measured = await MeasureAsync(Kinds[0], server);

        if (saysSo)
            Assert.That(measured.Fact("body").AsString, Is.EqualTo(body + lastRecord), measured.Reason);
        else
            Assert.That(measured.Reason, Does.Contain("the connection ended without TLS's own end (close_notify)"));
    }

    private static WireServer Serve(SslServerAuthenticationOptions tls) => new(
        async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is not null)
                await stream.WriteAsync(WireServer.Answer("{}"u8.ToArray()));
        },
        tls);

    private Task<Measurement> MeasureAsync(string kind, WireServer server) =>
        ProbeTesting.MeasureAsync(Written(kind, server));

    private string Written(string kind, WireServer server) =>
        $"{{ {kind.Replace("PORT", $"{server.Port}")}, ca: {_authority}, attempts: 1, timeout: 5s }}";
}
