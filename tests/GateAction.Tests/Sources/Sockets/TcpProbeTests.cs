using System.Net;
using System.Net.Sockets;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources.Sockets;

internal sealed class TcpProbeTests
{
    private Certificates _certificates = null!;
    private string _authority = null!;

    [OneTimeSetUp]
    public void CreateAuthority()
    {
        _certificates = new Certificates(TimeProvider.System);
        _authority = Path.GetTempFileName();
        File.WriteAllText(_authority, _certificates.AuthorityPem);
    }

    [OneTimeTearDown]
    public void DeleteAuthority()
    {
        File.Delete(_authority);
        _certificates.Dispose();
    }

    [Test]
    public async Task A_connection_is_measured()
    {
        using var server = new BannerServer(null);

        var measured = await ProbeTesting.MeasureAsync($"tcp: 127.0.0.1:{server.Port}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.Multiple(() =>
        {
            Assert.That(measured.Fact("connected").IsTrue);
            Assert.That(measured.Fact("address").AsString, Is.EqualTo("127.0.0.1"));
            Assert.That(measured.Fact("latency").Nanos, Is.GreaterThan(0));
            Assert.That(measured.HasFact("tls") || measured.HasFact("banner"), Is.False);
            Assert.That(measured.Subject, Is.EqualTo($"tcp://127.0.0.1:{server.Port}"));
        });
    }

    [Test]
    public async Task A_session_of_TLS_shows_its_certificate()
    {
        using var server = new BannerServer(null, _certificates.Good());

        var measured = await ProbeTesting.MeasureAsync($"{{ tcp: 'localhost:{server.Port}', tls: true, ca: {_authority} }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.Multiple(() =>
        {
            Assert.That(measured.Fact("tls.version").AsString, Is.EqualTo("1.3"));
            Assert.That(measured.Fact("tls.issuer").AsString, Is.EqualTo("CN=Acme Staging Authority"));
            Assert.That(measured.Fact("tls.expires_in").Seconds, Is.InRange(29 * 86400, 30 * 86400));
            Assert.That(measured.HasFact("handshake"));
            Assert.That(measured.HasFact("tls.problem"), Is.False);
        });
    }

    [TestCase("good", "", "the certificate comes from an authority that is not trusted ('CN=Acme Staging Authority')")]
    [TestCase("good", "server-name: shop.example.com", "the certificate is for 'localhost', '127.0.0.1', not for 'shop.example.com'")]
    [TestCase("expired", "ca", "the certificate expired on ")]
    [TestCase("other", "ca", "the certificate is for 'shop.example.com', not for 'localhost'")]
    public async Task A_certificate_that_is_not_valid_is_a_finding_and_still_shown(string which, string more, string reason)
    {
        using var certificate =
            which switch { "expired" => _certificates.Expired(), "other" => _certificates.ForAnotherHost(), _ => _certificates.Good() };
        using var server = new BannerServer(null, certificate);
        var ca = more.Length > 0 ? $", ca: {_authority}" : "";

        var refused = await ProbeTesting.MeasureAsync(
            $"{{ tcp: 'localhost:{server.Port}', tls: true{ca}{(more is "" or "ca" ? "" : ", " + more)} }}");
        var accepted = await ProbeTesting.MeasureAsync(
            $"{{ tcp: 'localhost:{server.Port}', tls: true, insecure: true{ca}{(more is "" or "ca" ? "" : ", " + more)} }}");

        Assert.That(refused.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(refused.Reason, Does.StartWith("could not be reached: " + reason));
        Assert.That(refused.Fact("connected").IsFalse);
        Assert.That(refused.HasFact("tls.expires_at"));
        Assert.That(accepted.Fact("tls.problem").AsString, Does.StartWith(reason));
    }

    [Test]
    public async Task A_banner_is_waited_for()
    {
        using var server = new BannerServer("220 mail.example.com ESMTP\r\n");

        var fits = await ProbeTesting.MeasureAsync($"{{ tcp: '127.0.0.1:{server.Port}', expect: '^220 ' }}");
        var fitsNot = await ProbeTesting.MeasureAsync($"{{ tcp: '127.0.0.1:{server.Port}', expect: '^554 ', timeout: 300ms }}");

        Assert.That(fits.Fact("expected").IsTrue, fits.Reason);
        Assert.That(fits.Fact("banner").AsString, Is.EqualTo("220 mail.example.com ESMTP\r\n"));
        Assert.That(fitsNot.Fact("expected").IsFalse, fitsNot.Reason);
        Assert.That(fitsNot.Outcome, Is.EqualTo(Outcome.Measured));
    }

    [Test]
    public async Task A_text_can_be_sent_first()
    {
        using var server = new BannerServer(null);

        var measured = await ProbeTesting.MeasureAsync($"{{ tcp: '127.0.0.1:{server.Port}', send: \"PING\\r\\n\", expect: PING }}");

        Assert.That(measured.Fact("expected").IsTrue, measured.Reason);
    }

    [Test]
    public async Task Nobody_listening_is_a_finding()
    {
        var measured = await ProbeTesting.MeasureAsync($"{{ tcp: '127.0.0.1:{FreePort()}', attempts: 1 }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Does.StartWith("could not be reached: connection refused (127.0.0.1:"));
        Assert.That(measured.Fact("connected").IsFalse);
    }

    [Test]
    public async Task A_name_that_does_not_exist_is_a_finding()
    {
        var measured = await ProbeTesting.MeasureAsync("{ tcp: 'nothing.invalid:80', attempts: 1 }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason,
            Does.Match(@"^could not be reached: (no such host|the name server does not answer) \(nothing.invalid:80\)$"));
    }

    [TestCase(Break.Silent, "the TLS handshake was not finished within 300ms")]
    [TestCase(Break.Reset, "connection reset")]
    [TestCase(Break.Empty, "")]
    [TestCase(Break.Garbage, "the server speaks no TLS; it begins with 'SSH-2.0-OpenSSH_9.2'")]
    public async Task A_server_that_does_not_speak_TLS_is_a_finding(Break how, string reason)
    {
        using var server = new ChaosSocket(how);
        var measured = await ProbeTesting.MeasureAsync($"{{ tcp: '127.0.0.1:{server.Url.Port}', tls: true, attempts: 1, timeout: 300ms }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Does.StartWith($"could not be reached: {reason}").And.EndsWith($"(127.0.0.1:{server.Url.Port})"));
    }

    [Test]
    public async Task A_port_that_takes_no_connection_does_not_hang_the_gate()
    {
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var port = ((IPEndPoint)full.LocalEndPoint!).Port;
        using var first = new TcpClient();
        await first.ConnectAsync(IPAddress.Loopback, port);
        using var second = new TcpClient();
        _ = second.ConnectAsync(IPAddress.Loopback, port);

        var measured = await ProbeTesting.MeasureAsync($"{{ tcp: '127.0.0.1:{port}', attempts: 1, timeout: 300ms }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Is.EqualTo($"could not be reached: no connection within 300ms (127.0.0.1:{port})"));
    }

    [TestCase("tcp: example.com", "found 'example.com', expected a host and a port such as db.example.com:5432 or [::1]:6379")]
    [TestCase("tcp: example.com:0", "found 'example.com:0', expected a host and a port such as db.example.com:5432 or [::1]:6379")]
    [TestCase("tcp: 'http://example.com:80'",
        "found 'http://example.com:80', expected a host and a port such as db.example.com:5432 or [::1]:6379")]
    [TestCase("{ tcp: 'a:1', insecure: true }", "'server-name', 'insecure', 'ca' and 'client-certificate' speak of TLS; write `tls: true`")]
    [TestCase("{ tcp: 'a:1', send: x }", "nobody reads the answer; say in 'expect' what it must hold")]
    public void What_is_no_address_is_a_problem(string yaml, string message) =>
        Assert.That(ProbeTesting.ProblemsIn(yaml), Is.EqualTo(new[] { message }));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
