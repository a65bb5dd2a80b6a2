using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources;

/// <summary>Nothing that a probe logs in with is sent to another server than the manifest names, whatever that server says.</summary>
internal sealed class LoginsStayTests
{
    private const string Secret = "l0gin-of-the-job-4711";
    private const string Token = "tok3n-0a1b2c3d4e5f6071";
    private const string Cookie = "c00kie-0a1b2c3d4e5f6071";

    private Certificates _certificates = null!;
    private string _folder = null!;

    /// <summary>Fields of a probe, with what they would send to the server that they are for.</summary>
    private static readonly (string Name, string Fields)[] Logins =
    [
        ("a header", $"headers: {{ Authorization: 'Bearer {Secret}', X-Api-Key: {Secret} }}"),
        ("a cookie of the manifest", $"headers: {{ Cookie: 'sid={Secret}' }}"),
        ("a user and a password", $"basic-auth: 'ci:{Secret}'"),
        ("a token", $"auth: {{ oauth: {{ token-url: 'TOKENS', client-id: ci, client-secret: {Secret} }} }}"),
        ("a certificate", "client-certificate: client.p12"),
        ("a cookie of a redirect", "cookies: true"),
        ("a session", "session: user"),
        ("all of them", $"client-certificate: client.p12, session: user, headers: {{ X-Api-Key: {Secret} }}, "
            + $"auth: {{ oauth: {{ token-url: 'TOKENS', client-id: ci, client-secret: {Secret} }} }}"),
    ];

    private static IEnumerable<TestCaseData> Ways =>
        from login in Logins
        from status in (int[])[301, 302, 303, 307, 308]
        from way in (string[])["straight", "and back again", "in two steps"]
        select new TestCaseData(login.Fields, status, way).SetArgDisplayNames($"{login.Name}, {status} {way}");

    [OneTimeSetUp]
    public void Issue()
    {
        _certificates = new Certificates(TimeProvider.System);
        _folder = Directory.CreateTempSubdirectory("gate-logins-").FullName;
        File.WriteAllText(Path.Combine(_folder, "ca.pem"), _certificates.AuthorityPem);
        File.WriteAllBytes(Path.Combine(_folder, "client.p12"), _certificates.Client().OpenPkcs12);
    }

    [OneTimeTearDown]
    public void Delete()
    {
        _certificates.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task A_redirect_takes_no_login_to_another_host(string fields, int status, string way)
    {
        using var tokens = WireServer.Answering(
            WireServer.Answer(System.Text.Encoding.ASCII.GetBytes($"{{\"access_token\": \"{Token}\"}}")));
        using var home = new Listener(_certificates, "127.0.0.1");
        using var other = new Listener(_certificates, "localhost");
        home.Answer = path => (path, way) switch
        {
            ("/", "in two steps") => Redirect(status, "/next"),
            ("/" or "/next", _) => Redirect(status, $"{other.Url}start"),
            _ => WireServer.Answer("end"u8.ToArray()),
        };
        other.Answer = path => (path, way) switch
        {
            ("/start", "and back again") => Redirect(status, $"{home.Url}end"),
            _ => WireServer.Answer("end"u8.ToArray()),
        };

        var evidence = await ProbeTesting.CollectAsync(
            [ProbeTesting.SourceOf("probe",
                $"{{ http: '{home.Url}', ca: ca.pem, attempts: 1, {fields.Replace("TOKENS", $"{tokens.Url}")} }}")], directory: _folder);

        var measured = evidence.Measurements["probe"];
        Assert.That(measured.Fact("body").AsString, Is.EqualTo("end"), measured.Reason);
        Assert.That(other.Heads, Has.Count.EqualTo(1));
        Assert.That(other.Shown, Is.All.Null, "a client certificate");
        Assert.That(other.Heads, Has.None.Contains(Secret).And.None.Contains(Token).And.None.Contains(Cookie).And.None.Contains("Basic "));
        if (fields.Contains("client-certificate", StringComparison.Ordinal))
            Assert.That(home.Shown[0], Is.EqualTo("CN=gate"));
    }

    private static IEnumerable<TestCaseData> LoginsOfDocuments => Logins
        .Where(login => !login.Fields.Contains("cookies", StringComparison.Ordinal)
            && !login.Fields.Contains("session", StringComparison.Ordinal))
        .Select(login => new TestCaseData(login.Fields).SetArgDisplayNames(login.Name));

    [TestCaseSource(nameof(LoginsOfDocuments))]
    public async Task The_document_to_compare_with_is_fetched_without_the_login_of_the_service(string fields)
    {
        using var tokens = WireServer.Answering(
            WireServer.Answer(System.Text.Encoding.ASCII.GetBytes($"{{\"access_token\": \"{Token}\"}}")));
        using var home = new Listener(_certificates, "127.0.0.1");
        using var other = new Listener(_certificates, "localhost");
        home.Answer = other.Answer = _ => WireServer.Answer(
            """{ "openapi": "3.0.3", "info": { "title": "a", "version": "1" }, "paths": { "/a": { "get": { "responses": {} } } } }"""u8.ToArray());

        await ProbeTesting.CollectAsync(
            [ProbeTesting.SourceOf("probe",
            $"{{ openapi: '{home.Url}', compare: '{other.Url}', compare-headers: {{ X-Other: theirs }}, ca: ca.pem, "
                + $"{fields.Replace("TOKENS", $"{tokens.Url}")} }}")], directory: _folder);

        Assert.That(home.Heads, Has.Count.EqualTo(1).And.None.Contains("X-Other"));
        if (fields.Contains("client-certificate", StringComparison.Ordinal))
            Assert.That(home.Shown, Is.All.EqualTo("CN=gate"));
        else
            Assert.That(home.Heads[0], Does.Contain(Secret).Or.Contain(Token).Or.Contain("Basic "));
        Assert.That(other.Heads, Has.Count.EqualTo(1).And.All.Contain("X-Other: theirs"));
        Assert.That(other.Heads, Has.None.Contains(Secret).And.None.Contains(Token).And.None.Contains("Basic "));
        Assert.That(other.Shown, Is.All.Null);
    }

    private static byte[] Redirect(int status, string to) => System.Text.Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status} Elsewhere\r\nLocation: {to}\r\nSet-Cookie: sid={Cookie}; Path=/\r\nContent-Length: 0\r\n\r\n");

    /// <summary>A server that asks for a client certificate, under one of the two names that a machine has for itself.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly WireServer _server;

        public Listener(Certificates certificates, string host)
        {
            var tls = WireServer.Tls(certificates.Good());
            tls.ClientCertificateRequired = true;
            tls.AllowTlsResume = false;
            tls.RemoteCertificateValidationCallback = (_, shown, _, _) =>
            {
                lock (Shown)
                    Shown.Add(shown?.Subject);
                return Shown.Count > 0;
            };
            _server = new WireServer(async stream =>
            {
                while (await WireServer.ReadHeadAsync(stream) is { } head)
                {
                    lock (Heads)
                        Heads.Add(head);
                    await stream.WriteAsync(Answer(head.Split(' ')[1]));
                }
            }, tls);
            Url = new Uri($"https://{host}:{_server.Port}/");
        }

        public Uri Url { get; }

        public Func<string, byte[]> Answer { get; set; } = _ => [];

        public List<string> Heads { get; } = [];

        public List<string?> Shown { get; } = [];

        public void Dispose() => _server.Dispose();
    }
}
