using System.Text;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.Sources.OAuth;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources;

/// <summary>Logins as a client of an OAuth 2.0 server.</summary>
internal sealed class OAuthTests
{
    private const string Secret = "cl1ent/s3cret+of=the job";
    private const string Token = "tok3n-0a1b2c3d4e5f6071";

    public static readonly string[] Kinds =
        ["http: 'URL'", "websocket: 'URL', attempts: 1", "prometheus: up, url: 'URL'", "openapi: 'URL'"];

    [TestCaseSource(nameof(Kinds))]
    public async Task Every_kind_that_asks_a_service_sends_the_token(string kind)
    {
        using var tokens = new TokenServer();
        using var service = new Service();

        await MeasureAsync(tokens, service, kind);

        Assert.That(service.Heads, Is.Not.Empty);
        Assert.That(service.Heads, Has.All.Contain($"Authorization: Bearer {Token}-1").IgnoreCase);
    }

    [TestCase("", "Authorization: Basic Z2F0ZSUyRmNpOmNsMWVudCUyRnMzY3JldCUyQm9mJTNEdGhlK2pvYg==", "grant_type=client_credentials")]
    [TestCase("client-auth: post, ", "",
        "grant_type=client_credentials&client_id=gate%2Fci&client_secret=cl1ent%2Fs3cret%2Bof%3Dthe+job")]
    [TestCase("scopes: [read, 'write all'], ", "", "grant_type=client_credentials&scope=read+write+all")]
    [TestCase("scopes: read, form: { audience: 'https://api.example.com/' }, ", "",
        "grant_type=client_credentials&scope=read&audience=https%3A%2F%2Fapi.example.com%2F")]
    public async Task The_client_shows_itself_as_the_standard_says(string fields, string header, string form)
    {
        using var tokens = new TokenServer();
        using var service = new Service();

        var measured = await MeasureAsync(tokens, service, Kinds[0], fields);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(tokens.Requests.Single(), Does.StartWith("POST / ").And.Contain(header).And.EndWith($"\r\n\r\n{form}"));
        Assert.That(tokens.Requests.Single().Contains("Authorization", StringComparison.OrdinalIgnoreCase),
            Is.EqualTo(!fields.Contains("post")));
    }

    [Test]
    public async Task A_token_is_kept_for_the_run_and_for_its_server()
    {
        using var tokens = new TokenServer();
        using var one = new Service();
        using var other = new Service();
        var auth = AuthOf(tokens);

        await ProbeTesting.CollectAsync(
        [
            .. Enumerable.Range(1, 20).Select(number => ($"p{number}", $"{{ http: '{one.Url}{number}', {auth} }}")),
            ("soak", $"{{ http: '{one.Url}', samples: 20, every: 1ms, {auth} }}"),
            ("there", $"{{ http: '{other.Url}', {auth} }}"),
        ]);

        Assert.That(tokens.Requests, Has.Count.EqualTo(2));
        Assert.That(one.Heads, Has.Count.EqualTo(40));
        Assert.That(one.Heads.Concat(other.Heads).Select(head => head[head.IndexOf(Token, StringComparison.Ordinal)..].Split('\r')[0])
            .Distinct(),
            Is.EquivalentTo(new[] { $"{Token}-1", $"{Token}-2" }));
    }

    [TestCase("\"expires_in\": 3600", 1)]
    [TestCase("\"expires_in\": \"3600\"", 1)]
    [TestCase("\"expires_in\": 100", 2)]
    [TestCase("\"expires_in\": 0", 3)]
    [TestCase("\"scope\": \"read\"", 1)]
    public async Task A_token_is_asked_for_anew_before_it_ends(string life, int asked)
    {
        using var tokens = new TokenServer(life);
        using var service = new Service();
        var time = new SkippingTime();

        var evidence = await ProbeTesting.CollectAsync(
            [ProbeTesting.SourceOf("probe", $"{{ http: '{service.Url}', samples: 3, every: 60s, {AuthOf(tokens)} }}")],
            time: time, timeout: TimeSpan.FromHours(1));

        Assert.That(evidence.Measurements["probe"].Outcome, Is.EqualTo(Outcome.Measured), evidence.Measurements["probe"].Reason);
        Assert.That(tokens.Requests, Has.Count.EqualTo(asked));
    }

    // What a server of tokens can answer that is none.
    [TestCase("401 Unauthorized", "{\"error\": \"invalid_client\", \"error_description\": \"who\\nare you?\"}",
        "gives no token: invalid_client (who are you?); the client was shown in a header: 'client-auth: post' shows it in the form")]
    [TestCase("400 Bad Request", "{\"error\": \"invalid_scope\"}", "gives no token: invalid_scope; the client")]
    [TestCase("403 Forbidden", "no", "gives no token (status 403, access is denied)")]
    [TestCase("404 Not Found", "", "gives no token (status 404, not found)")]
    [TestCase("200 OK", "", "the token server gave an empty answer")]
    [TestCase("200 OK", "<html>", "the token server gave an answer that is not JSON")]
    [TestCase("200 OK", "[]", "holds no 'access_token'")]
    [TestCase("200 OK", "{}", "holds no 'access_token'")]
    [TestCase("200 OK", "{\"access_token\": \"\"}", "holds no 'access_token'")]
    [TestCase("200 OK", "{\"access_token\": 12}", "holds no 'access_token'")]
    [TestCase("200 OK", "{\"access_token\": null}", "holds no 'access_token'")]
    [TestCase("200 OK", "{\"error\": \"temporarily_unavailable\"}", "gives no token: temporarily_unavailable")]
    [TestCase("200 OK", "{\"access_token\": \"a\\r\\nX-Evil: 1\"}", "holds characters that no header can carry")]
    [TestCase("200 OK", "{\"access_token\": \"abc\\ud800def\"}", "holds characters that no header can carry")]
    [TestCase("200 OK", "{\"access_token\": \"abcdef\", \"token_type\": \"DPoP\"}", "of the type 'DPoP'; only 'Bearer' can be sent")]
    [TestCase("302 Found\r\nLocation: http://127.0.0.1:1/", "", "leads elsewhere, where the client's secret is not sent")]
    [TestCase("307 Temporary Redirect\r\nLocation: /elsewhere", "", "leads elsewhere, where the client's secret is not sent")]
    public async Task Without_a_token_nothing_is_asked_and_nothing_is_green(string status, string body, string sentence)
    {
        using var tokens = new TokenServer(status: status, body: body);
        using var service = new Service();

        foreach (var kind in Kinds)
        {
            var measured = await MeasureAsync(tokens, service, kind);

            Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown), kind);
            Assert.That(measured.Reason, Does.StartWith("was not measured: ").Or.StartWith("the token server"), kind);
            Assert.That(measured.Reason, Does.Contain(sentence).And.Not.Contain("\n").And.Not.Contain("bug in gate"));
        }
        Assert.That(service.Heads, Is.Empty);
    }

    [Test]
    public async Task A_server_of_tokens_that_cannot_be_reached_proves_nothing()
    {
        using var service = new Service();

        var measured = await ProbeTesting.MeasureAsync(
            $"{{ http: '{service.Url}', auth: {{ oauth: {{ token-url: 'http://127.0.0.1:1/', client-id: a, client-secret: b }} }} }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason,
            Is.EqualTo("was not measured: the token server could not be reached: connection refused (127.0.0.1:1)"));
        Assert.That(service.Heads, Is.Empty);
    }

    [Test]
    public async Task A_server_of_tokens_that_is_busy_is_asked_again()
    {
        using var tokens = new TokenServer(busy: 2);
        using var service = new Service();

        var evidence = await ProbeTesting.CollectAsync(
            [ProbeTesting.SourceOf("probe", $"{{ http: '{service.Url}', {AuthOf(tokens)} }}")], time: new SkippingTime(),
            timeout: TimeSpan.FromHours(1));

        Assert.That(evidence.Measurements["probe"].Outcome, Is.EqualTo(Outcome.Measured), evidence.Measurements["probe"].Reason);
        Assert.That(tokens.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Secret_and_token_are_shown_nowhere()
    {
        using var tokens = new TokenServer();
        using var service = new Service($"{Secret} {Token}-1 {Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))}");

        var measured = await MeasureAsync(tokens, service, Kinds[0]);

        Assert.That(measured.Fact("body").AsString, Is.EqualTo("*** *** ***").Or.EqualTo("*** *** ***="), measured.Reason);
    }

    [TestCase("http://login.example.com/token", "https://staging.example.com/", "a client's secret is not sent over an open line")]
    [TestCase("https://login.example.com/token", "http://staging.example.com/", "a token is not sent over an open line")]
    [TestCase("http://8.8.8.8/token", "https://staging.example.com/", "a client's secret is not sent over an open line")]
    public async Task Neither_is_sent_over_an_open_line(string tokenUrl, string url, string sentence)
    {
        var measured = await ProbeTesting.MeasureAsync(
            $"{{ http: '{url}', auth: {{ oauth: {{ token-url: '{tokenUrl}', client-id: a, client-secret: b }} }} }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.StartWith($"was not measured: {sentence} (http://"));
    }

    [TestCase("http://localhost:8080/", true)]
    [TestCase("http://127.0.0.1/", true)]
    [TestCase("http://[::1]/", true)]
    [TestCase("http://keycloak:8080/", true)]
    [TestCase("http://10.1.2.3/", true)]
    [TestCase("http://172.16.0.1/", true)]
    [TestCase("http://172.32.0.1/", false)]
    [TestCase("http://192.168.1.1/", true)]
    [TestCase("http://[fd00::1]/", true)]
    [TestCase("http://[2001:db8::1]/", false)]
    [TestCase("http://auth.ns.svc/", true)]
    [TestCase("http://auth.internal/", true)]
    [TestCase("http://internal.example.com/", false)]
    [TestCase("ws://example.com/", false)]
    [TestCase("https://example.com/", true)]
    public void A_line_within_a_private_network_is_not_open(string url, bool isAccepted)
    {
        var send = () => OpenLine.Refuse(new Uri(url), "a token");

        if (isAccepted)
            Assert.That(send, Throws.Nothing);
        else
            Assert.That(send, Throws.TypeOf<NoEvidenceException>());
    }

    [TestCase("auth: { oauth: { token-url: 'https://a.example.com/t', client-id: a } }", "'client-secret' is missing")]
    [TestCase("auth: { oauth: { token-url: 'ftp://a.example.com/t', client-id: a, client-secret: b } }", "found 'ftp://a.example.com/t'")]
    [TestCase("auth: { oauth: { token-url: 'https://a.example.com/t', client-id: a, client-secret: b, scope: c } }",
        "did you mean 'scopes'?")]
    [TestCase("auth: { oauth: { token-url: 'https://a.example.com/t', client-id: a, client-secret: b, form: { scope: c } } }",
        "write it under 'scopes'")]
    [TestCase("auth: oauth", "found 'oauth'")]
    [TestCase("basic-auth: 'a:b', auth: { oauth: { token-url: 'https://a.example.com/t', client-id: a, client-secret: b } }",
        "'basic-auth' is given too; one way to log in is accepted")]
    public void A_login_that_is_written_wrongly_is_a_problem_of_the_manifest(string yaml, string problem) =>
        Assert.That(ProbeTesting.ProblemsIn($"{{ http: 'https://example.com/', {yaml} }}"), Has.One.Contains(problem));

    private static string AuthOf(TokenServer tokens, string fields = "") =>
        $"auth: {{ oauth: {{ {fields}token-url: '{tokens.Url}', client-id: 'gate/ci', client-secret: '{Secret}' }} }}";

    private static Task<Measurement> MeasureAsync(TokenServer tokens, Service service, string kind, string fields = "") =>
        ProbeTesting.MeasureAsync($"{{ {kind.Replace("URL", $"{service.Url}")}, {AuthOf(tokens, fields)} }}");

    /// <summary>Gives a new token to each request.</summary>
    private sealed class TokenServer : IDisposable
    {
        private readonly WireServer _server;
        private readonly List<string> _requests = [];

        public TokenServer(string life = "\"expires_in\": 3600", string status = "200 OK", string? body = null, int busy = 0) =>
            _server = new WireServer(async stream =>
            {
                while (await WireServer.ReadHeadAsync(stream) is { } head)
                {
                    var form = new byte[int.Parse(head.Split("Content-Length: ")[1].Split('\r')[0])];
                    await stream.ReadExactlyAsync(form);
                    int number;
                    lock (_requests)
                    {
                        _requests.Add(head + Encoding.ASCII.GetString(form));
                        number = _requests.Count;
                    }
                    var text = number <= busy
                        ? ""
                        : body ?? $$"""{ "access_token": "{{Token}}-{{number}}", "token_type": "bearer", {{life}} }""";
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 {(number <= busy ? "503 Busy" : status)}\r\nContent-Type: application/json\r\nContent-Length: "
                        + $"{text.Length}\r\n\r\n{text}"));
                }
            });

        public Uri Url => _server.Url;

        public IReadOnlyList<string> Requests => _requests;

        public void Dispose() => _server.Dispose();
    }

    /// <summary>Keeps the heads of what it was asked.</summary>
    private sealed class Service : IDisposable
    {
        private readonly WireServer _server;
        private readonly List<string> _heads = [];

        public Service(string body = "{}") => _server = new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is { } head)
            {
                lock (_heads)
                    _heads.Add(head);
                await stream.WriteAsync(WireServer.Answer(Encoding.ASCII.GetBytes(body)));
            }
        });

        public Uri Url => _server.Url;

        public IReadOnlyList<string> Heads => _heads;

        public void Dispose() => _server.Dispose();
    }
}
