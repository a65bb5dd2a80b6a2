using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources;

/// <summary>Client certificates, for every kind that speaks TLS.</summary>
internal sealed class ClientCertificateTests
{
    public static readonly string[] Kinds =
        ["http: 'https://127.0.0.1:PORT/'", "tcp: '127.0.0.1:PORT', tls: true", "websocket: 'wss://127.0.0.1:PORT/'",
        "prometheus: up, url: 'https://127.0.0.1:PORT/'", "openapi: 'https://127.0.0.1:PORT/'", "grpc: 'https://127.0.0.1:PORT/'"];

    private Certificates _certificates = null!;
    private ClientFiles _client = null!;
    private ClientFiles _rsa = null!;
    private string _folder = null!;

    [OneTimeSetUp]
    public void Issue()
    {
        _certificates = new Certificates(TimeProvider.System);
        (_client, _rsa) = (_certificates.Client(), _certificates.Client(isRsa: true));
        _folder = Directory.CreateTempSubdirectory("gate-client-").FullName;
        Write("ca.pem", _certificates.AuthorityPem);
        Write("client.pem", _client.CertificatePem);
        Write("client.key", _client.KeyPem);
        Write("client-encrypted.key", _client.EncryptedKeyPem);
        Write("both.pem", _client.KeyPem + "\n" + _client.CertificatePem);
        Write("rsa.pem", _rsa.CertificatePem);
        Write("rsa.key", _rsa.KeyPem);
        Write("old.key",
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Write("cut.pem", _client.CertificatePem[..200]);
        Write("keys-alone.pem", _client.KeyPem);
        Write("text.pem", "hello");
        File.WriteAllBytes(Path.Combine(_folder, "client.p12"), _client.Pkcs12);
        File.WriteAllBytes(Path.Combine(_folder, "open.p12"), _client.OpenPkcs12);
        File.WriteAllBytes(Path.Combine(_folder, "cut.p12"), _client.Pkcs12[..100]);
        File.WriteAllBytes(Path.Combine(_folder, "store.jks"), [0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2, .. new byte[100]]);
        using var certificate = X509Certificate2.CreateFromPem(_client.CertificatePem);
        File.WriteAllBytes(Path.Combine(_folder, "client.der"), certificate.RawData);
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));

        void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
    }

    [OneTimeTearDown]
    public void Delete()
    {
        _certificates.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Every_kind_shows_it_to_a_server_that_asks([ValueSource(nameof(Kinds))] string kind,
        [Values(SslProtocols.Tls12, SslProtocols.Tls13)] SslProtocols version)
    {
        string? shown = null;
        using var server = Serve(version, certificate => (shown = certificate?.Subject) is not null,
            speaksHttp2: kind.StartsWith("grpc", StringComparison.Ordinal));

        await MeasureAsync(kind, server, "client-certificate: client.pem, client-key: client.key");

        Assert.That(shown, Is.EqualTo("CN=gate"));
    }

    [Test]
    public async Task It_is_a_fact_that_it_was_shown([Values("http: 'https://127.0.0.1:PORT/'", "tcp: '127.0.0.1:PORT', tls: true")]
    string kind)
    {
        using var asking = Serve(SslProtocols.Tls13, certificate => certificate is not null);
        using var indifferent = new WireServer(AnswerAsync, WireServer.Tls(_certificates.Good()));

        var one = await MeasureAsync(kind, asking, "client-certificate: both.pem");
        var other = await MeasureAsync(kind, indifferent, "client-certificate: both.pem");

        Assert.That(one.Outcome, Is.EqualTo(Outcome.Measured), one.Reason);
        Assert.That(one.Fact("tls.client_certificate").AsString, Is.EqualTo("CN=gate"));
        Assert.That(one.Fact("tls.asks_for_certificate").IsTrue);
        Assert.That(other.Outcome, Is.EqualTo(Outcome.Measured), other.Reason);
        Assert.That(other.HasFact("tls.client_certificate"), Is.False);
    }

    [Test]
    public async Task A_server_that_does_not_accept_it_is_never_measured_as_one_that_does([ValueSource(nameof(Kinds))] string kind,
        [Values(SslProtocols.Tls12, SslProtocols.Tls13)] SslProtocols version)
    {
        using var server = Serve(version, _ => false, speaksHttp2: kind.StartsWith("grpc", StringComparison.Ordinal));

        var measured = await MeasureAsync(kind, server, "client-certificate: client.pem, client-key: client.key");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable).Or.EqualTo(Outcome.Unknown), kind);
        Assert.That(measured.Reason, Is.Not.Null.And.Not.Contain("has none to show"));
        if (!kind.Contains("prometheus", StringComparison.Ordinal))
            Assert.That(measured.Reason, Does.Contain("client certificate 'CN=gate'"));
    }

    private static IEnumerable<string> Forms =>
    [
        "client-certificate: client.pem, client-key: client.key",
        "client-certificate: client.pem, client-key: client-encrypted.key, client-key-password: open sesame",
        "client-certificate: both.pem",
        "client-certificate: client.p12, client-key-password: open sesame",
        "client-certificate: open.p12",
        "client-certificate: client.der, client-key: client.key",
        "client-certificate: rsa.pem, client-key: rsa.key",
        "client-certificate: \"${login.json.certificate}\", client-key: \"${login.json.key}\"",
        "client-certificate: \"${login.json.both}\"",
        "client-certificate: \"${login.json.oneline}\"",
        "client-certificate: \"${login.json.base64}\"",
        "client-certificate: \"${login.json.pkcs12}\", client-key-password: \"${login.json.password}\"",
    ];

    [TestCaseSource(nameof(Forms))]
    public async Task Every_form_in_which_people_keep_it_is_read(string fields)
    {
        string? shown = null;
        using var server = Serve(SslProtocols.Tls13, certificate => (shown = certificate?.Subject) is not null);
        using var login = WireServer.Answering(
            WireServer.Answer(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
            {
                ["certificate"] = _client.CertificatePem,
                ["key"] = _client.KeyPem,
                ["both"] = _client.CertificatePem + _client.KeyPem,
                ["oneline"] = (_client.CertificatePem + "\n" + _client.KeyPem).Replace("\n", "\\n"),
                ["base64"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(_client.CertificatePem + "\n" + _client.KeyPem)),
                ["pkcs12"] = Convert.ToBase64String(_client.Pkcs12, Base64FormattingOptions.InsertLineBreaks),
                ["password"] = ClientFiles.Password,
            })));

        var measured = (await ProbeTesting.CollectAsync(
            [
                ProbeTesting.SourceOf("login", $"{{ http: '{login.Url}' }}"),
                ProbeTesting.SourceOf("probe", $"{{ http: '{server.Url}', ca: ca.pem, attempts: 1, {fields} }}"),
            ], directory: _folder)).Measurements["probe"];

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(shown, Is.EqualTo("CN=gate"));
    }

    [TestCase("client-certificate: nowhere.pem",
        "the file 'nowhere.pem' that 'client-certificate' names cannot be read: it does not exist")]
    [TestCase("client-certificate: folder", "'folder' is a folder; only regular files are read")]
    [TestCase("client-certificate: client.pem, client-key: nowhere.key", "the file 'nowhere.key' that 'client-key' names cannot be read")]
    [TestCase("client-certificate: client.pem", "('client.pem'): there is no private key with it: give it in 'client-key', in PEM")]
    [TestCase("client-certificate: client.der", "there is no private key with it")]
    [TestCase("client-certificate: keys-alone.pem", "it holds no certificate")]
    [TestCase("client-certificate: rsa.pem, client-key: client.key", "the key belongs to another certificate")]
    [TestCase("client-certificate: client.pem, client-key: rsa.key", "the key belongs to another certificate")]
    [TestCase("client-certificate: client.pem, client-key: client-encrypted.key",
        "the key is encrypted: give its password in 'client-key-password'")]
    [TestCase("client-certificate: client.pem, client-key: client-encrypted.key, client-key-password: wrong",
        "'client-key-password' is not its password")]
    [TestCase("client-certificate: client.pem, client-key: old.key", "OpenSSL's old format: write it anew with `openssl pkcs8 -topk8`")]
    [TestCase("client-certificate: client.p12", "it is encrypted: give its password in 'client-key-password'")]
    [TestCase("client-certificate: client.p12, client-key-password: wrong", "'client-key-password' is not its password")]
    [TestCase("client-certificate: client.p12, client-key: client.key",
        "it is PKCS#12, which holds its key itself: leave out 'client-key'")]
    [TestCase("client-certificate: store.jks", "it is a Java keystore")]
    [TestCase("client-certificate: cut.pem, client-key: client.key", "'client-certificate' ('cut.pem'): it ")]
    [TestCase("client-certificate: cut.p12", "'client-certificate' ('cut.p12'): it ")]
    [TestCase("client-certificate: text.pem, client-key: client.key", "'client-certificate' ('text.pem'): it ")]
    [TestCase("client-certificate: /etc/hostname", "it ")]
    [TestCase("client-certificate: ''", "cannot be read")]
    public async Task What_cannot_be_read_is_said_in_one_sentence(string fields, string sentence)
    {
        using var server = Serve(SslProtocols.Tls13, certificate => certificate is not null);

        var measured = await MeasureAsync(Kinds[0], server, fields);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown), measured.Reason);
        Assert.That(measured.Reason, Does.StartWith("was not measured: ").And.Contain(sentence).And.Not.Contain("\n"));
        Assert.That(measured.Reason, Does.Not.Contain("bug in gate").And.Not.Contain("PRIVATE KEY"));
    }

    [TestCase("http: 'https://example.com/', client-key: a.key", "'client-key' needs 'client-certificate', which is not given")]
    [TestCase("http: 'https://example.com/', client-key-password: a",
        "'client-key-password' needs 'client-certificate', which is not given")]
    [TestCase("tcp: 'example.com:443', client-certificate: a.pem", "'client-certificate' speak of TLS; write `tls: true`")]
    public void What_does_not_fit_together_is_a_problem_of_the_manifest(string yaml, string problem) =>
        Assert.That(ProbeTesting.ProblemsIn($"{{ {yaml} }}"), Has.One.Contains(problem));

    [Test]
    public async Task Its_password_is_shown_nowhere()
    {
        using var server = Serve(SslProtocols.Tls13, certificate => certificate is not null, Encoding.ASCII.GetBytes(ClientFiles.Password));

        var measured = await MeasureAsync(Kinds[0], server, "client-certificate: client.p12, client-key-password: open sesame");

        Assert.That(measured.Fact("body").AsString, Is.EqualTo("***"), measured.Reason);
    }

    private WireServer Serve(SslProtocols version, Func<X509Certificate?, bool> accepts, byte[]? body = null, bool speaksHttp2 = false)
    {
        var tls = WireServer.Tls(_certificates.Good(), asksForCertificate: true, protocols: version);
        tls.AllowTlsResume = false;
        tls.ApplicationProtocols = speaksHttp2 ? [SslApplicationProtocol.Http2] : null;
        tls.RemoteCertificateValidationCallback = (_, shown, _, _) => accepts(shown);
        return new WireServer(stream => AnswerAsync(stream, body), tls);
    }

    private static Task AnswerAsync(Stream stream) => AnswerAsync(stream, null);

    private static async Task AnswerAsync(Stream stream, byte[]? body)
    {
        while (await WireServer.ReadHeadAsync(stream) is not null)
            await stream.WriteAsync(WireServer.Answer(body ?? "{}"u8.ToArray()));
    }

    private async Task<Measurement> MeasureAsync(string kind, WireServer server, string fields) =>
        (await ProbeTesting.CollectAsync(
            [ProbeTesting.SourceOf("probe",
            $"{{ {kind.Replace("PORT", $"{server.Port}")}, ca: ca.pem, attempts: 1, timeout: 5s, {fields} }}")],
            directory: _folder)).Measurements["probe"];
}
