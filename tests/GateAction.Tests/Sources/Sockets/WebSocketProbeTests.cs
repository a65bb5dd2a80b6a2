using GateAction.Core.Model;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources.Sockets;

internal sealed class WebSocketProbeTests
{
    private StagingServer _staging = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _staging = await StagingServer.StartAsync(Scenario.Healthy, "4f1c0de");

    [OneTimeTearDown]
    public async Task StopAsync() => await _staging.DisposeAsync();

    [Test]
    public async Task A_message_is_answered()
    {
        var measured = await MeasureAsync("""{ websocket: /ws, send: '{"type":"ping"}', receive: json.type == "pong" }""");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.Multiple(() =>
        {
            Assert.That(measured.Reason, Is.Null);
            Assert.That(measured.Subject, Is.EqualTo($"{_staging.Url.AbsoluteUri.Replace("http", "ws")}ws"));
            Assert.That(measured.Fact("connected").IsTrue);
            Assert.That(measured.Fact("status").AsInt, Is.EqualTo(101));
            Assert.That(measured.Fact("headers.upgrade").AsString, Is.EqualTo("websocket"));
            Assert.That(measured.Fact("json.type").AsString, Is.EqualTo("pong"));
            Assert.That(measured.Fact("text").AsString, Is.EqualTo("""{"type":"pong"}"""));
            Assert.That(measured.Fact("received").AsInt, Is.EqualTo(1));
            Assert.That(measured.Fact("round_trip").Nanos, Is.GreaterThan(0));
            Assert.That(measured.Fact("latency").Nanos, Is.GreaterThan(0));
            Assert.That(measured.Fact("close_code").AsInt, Is.EqualTo(1000));
            Assert.That(measured.Fact("attempts").AsInt, Is.EqualTo(1));
            Assert.That(measured.HasFact("subprotocol") || measured.HasFact("alive") || measured.HasFact("tls"), Is.False);
        });
    }

    [Test]
    public async Task A_conversation_is_held_message_by_message()
    {
        var measured = await MeasureAsync("""
            websocket: /ws
            subprotocols: [chat.v3, chat.v2]
            send:
              - { type: hello, client: gate }
              - { type: run }
            receive:
              - json.type == "welcome"
              - json.type == "finished" && json.ok
            """);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.Multiple(() =>
        {
            Assert.That(measured.Fact("subprotocol").AsString, Is.EqualTo("chat.v2"));
            Assert.That(measured.Fact("received").AsInt, Is.EqualTo(5));
            Assert.That(measured.Fact("messages").AsList[2].AsString, Is.EqualTo("""{"type":"agent_thinking"}"""));
            Assert.That(measured.Fact("json.ok").IsTrue);
        });
    }

    [Test]
    public async Task Over_TLS_the_certificate_is_shown_and_checked()
    {
        using var certificates = new Certificates(TimeProvider.System);
        using var certificate = certificates.Good();
        await using var secure = await StagingServer.StartAsync(new StagingState(Scenario.Healthy, "4f1c0de"), certificate);
        var authority = Path.GetTempFileName();
        File.WriteAllText(authority, certificates.AuthorityPem);
        var url = $"wss://localhost:{secure.Url.Port}/ws";

        var trusted = await ProbeTesting.MeasureAsync(
            $"{{ websocket: '{url}', send: {{ type: ping }}, receive: json.type == \"pong\", ca: {authority} }}");
        var untrusted = await ProbeTesting.MeasureAsync($"{{ websocket: '{url}', attempts: 1 }}");
        var accepted = await ProbeTesting.MeasureAsync($"{{ websocket: '{url}', insecure: true }}");
        File.Delete(authority);

        Assert.That(trusted.Fact("json.type").AsString, Is.EqualTo("pong"), trusted.Reason);
        Assert.That(trusted.Fact("tls.issuer").AsString, Is.EqualTo("CN=Acme Staging Authority"));
        Assert.That(untrusted.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(untrusted.Reason, Does.StartWith("could not be reached: the certificate comes from an authority that is not trusted"));
        Assert.That(accepted.Fact("tls.problem").AsString, Does.StartWith("the certificate comes from an authority"));
    }

    [TestCase(401)]
    [TestCase(404)]
    [TestCase(426)]
    [TestCase(429)]
    [TestCase(500)]
    public async Task A_refused_upgrade_says_its_status(int status)
    {
        var measured = await MeasureAsync($"{{ websocket: /ws/status/{status}, receive: json.ok }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.Multiple(() =>
        {
            Assert.That(measured.Fact("connected").IsFalse);
            Assert.That(measured.Fact("status").AsInt, Is.EqualTo(status));
            Assert.That(measured.HasFact("json") || measured.HasFact("messages"), Is.False);
            Assert.That(measured.Reason, Is.EqualTo($"the server answered the upgrade with status {status}, so no message was exchanged"));
        });
    }

    [Test]
    public async Task A_redirect_is_not_followed_so_that_no_header_reaches_another_host()
    {
        await using var other = await StagingServer.StartAsync(Scenario.Healthy);

        var measured = await MeasureAsync(
            $"{{ websocket: '/ws/redirect?to={other.Url.AbsoluteUri}ws', headers: {{ Authorization: Bearer x }} }}");

        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(302));
        Assert.That(measured.Reason, Does.EndWith("; a redirect of an upgrade is not followed"));
        Assert.That(other.State.Requests, Is.Empty);
    }

    [TestCase("/ws/silent", "receive: json.ok, within: 300ms", "no message met 'json.ok' within 300ms; none came")]
    [TestCase("/ws/drip", "receive: json.ok, within: 500ms", "no message met 'json.ok' within 500ms; none came")]
    [TestCase("/ws", "send: { type: run }, receive: json.type == 'crash', within: 500ms",
        "no message met 'json.type == 'crash'' within 500ms; 4 came, the last kept: '{\"type\":\"finished\",\"ok\":true}'")]
    [TestCase("/ws/closing", "receive: json.ok",
        "the server closed the connection with code 1011 'no factory' before a message met 'json.ok'; none came")]
    [TestCase("/ws/aborting", "receive: json.ok", "the connection was closed without a close frame; none came")]
    [TestCase("/ws/text?say=%7B%22ok%22:", "receive: json.ok",
        "the server closed the connection with code 1000 'bye' before a message met 'json.ok'; one came, the last kept: '{\"ok\":'")]
    [TestCase("/ws/binary", "receive: json.ok",
        "the server closed the connection with code 1000 'bye' before a message met 'json.ok'; one came, the last kept: 'AQID'")]
    public async Task A_server_that_does_not_answer_is_a_finding(string path, string more, string reason)
    {
        var measured = await MeasureAsync($"{{ websocket: '{path}', {more.Replace("'crash'", "\"crash\"")} }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        var parts = reason.Replace("'crash'", "\"crash\"").Split("; ");
        var (cause, seen) = (parts[0], parts.Length > 1 ? $"; {parts[1]}" : "");
        Assert.That(measured.Reason, Is.EqualTo($"could not be reached: {cause} ({_staging.Url.Authority}){seen}"));
        Assert.That(measured.Fact("connected").IsTrue);
        Assert.That(measured.HasFact("json"), Is.False);
    }

    [Test]
    public async Task An_upgrade_that_hangs_is_a_finding()
    {
        var measured = await MeasureAsync("{ websocket: /ws/hanging, attempts: 1, timeout: 300ms }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Is.EqualTo($"could not be reached: no answer to the upgrade within 300ms ({_staging.Url.Authority})"));
        Assert.That(measured.Fact("connected").IsFalse);
    }

    [TestCase(Break.Silent, "no answer to the upgrade within 300ms")]
    [TestCase(Break.Reset, "")]
    [TestCase(Break.Empty, "the connection ended without an answer")]
    [TestCase(Break.Garbage, "the answer is not HTTP")]
    [TestCase(Break.EndlessHeaders, "the answer's headers are larger than 64 KiB")]
    public async Task A_broken_connection_is_a_finding(Break how, string reason)
    {
        using var server = new ChaosSocket(how);

        var measured = await ProbeTesting.MeasureAsync($"{{ websocket: '{server.Url}', attempts: 1, timeout: 300ms, receive: json.ok }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Does.StartWith($"could not be reached: {reason}").And.EndsWith($"({server.Url.Authority})"));
    }

    [Test]
    public async Task Nobody_listening_is_a_finding()
    {
        var measured = await ProbeTesting.MeasureAsync("{ websocket: 'ws://127.0.0.1:1/ws', attempts: 1 }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Is.EqualTo("could not be reached: connection refused (127.0.0.1:1)"));
    }

    [Test]
    public async Task A_server_that_accepts_with_the_wrong_key_is_a_finding()
    {
        using var server = new DeafWebSocket(accept: "bm90IHRoZSByaWdodCBrZXk=");

        var measured = await ProbeTesting.MeasureAsync($"{{ websocket: '{server.Url}', attempts: 1 }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Fact("connected").IsFalse);
    }

    [Test]
    [NonParallelizable] // What other tests allocate would be counted.
    public async Task A_message_that_is_too_large_proves_nothing_and_costs_no_memory()
    {
        var before = GC.GetTotalAllocatedBytes();

        var measured = await MeasureAsync("{ websocket: /ws/large, receive: json.ok }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo("message 1 is larger than 1024 KiB and was not read to its end"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(150_000_000),
            "the message has 300 MB, and the server is counted too");
    }

    [Test]
    public async Task Of_a_flood_the_first_messages_are_kept()
    {
        var measured = await MeasureAsync("{ websocket: /ws/flood, receive: json.n == 4999, within: 30s }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Fact("received").AsInt, Is.EqualTo(5000));
        Assert.That(measured.Fact("messages").AsList, Has.Count.EqualTo(100));
    }

    [Test]
    public async Task A_connection_that_is_held_is_alive_where_pings_are_answered()
    {
        using var deaf = new DeafWebSocket();

        var alive = await MeasureAsync("{ websocket: /ws, hold: 5s, ping: 2s }");
        var dead = await ProbeTesting.MeasureAsync($"{{ websocket: '{deaf.Url}', hold: 10s, ping: 200ms }}");
        var closed = await MeasureAsync("{ websocket: /ws/closing, hold: 10s, ping: 1s }");

        Assert.That(alive.Fact("alive").IsTrue, alive.Reason);
        Assert.That(dead.Fact("alive").IsFalse, dead.Reason);
        Assert.That(closed.Fact("alive").IsFalse);
        Assert.That(closed.Fact("close_code").AsInt, Is.EqualTo(1011));
        Assert.That(closed.Fact("close_reason").AsString, Is.EqualTo("no factory"));
    }

    [Test]
    public async Task A_ping_that_is_not_answered_before_the_message_comes_is_a_finding()
    {
        using var deaf = new DeafWebSocket();

        var measured = await ProbeTesting.MeasureAsync($"{{ websocket: '{deaf.Url}', receive: text == 'never', hold: 10s, ping: 200ms }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason,
            Does.StartWith("could not be reached: the server did not answer a ping within 200ms (127.0.0.1:").And.EndsWith("); none came"));
    }

    [TestCase("", "http://HOST")]
    [TestCase("audience: https://backend.example.com", "https://backend.example.com")]
    public async Task A_private_service_is_shown_an_ID_token_for_itself_and_nobody_else_sees_it(string more, string audience)
    {
        await using var world = await Google.GoogleWorld.StartWithServiceAccountAsync();
        var before = _staging.State.Requests.Count;

        var measured = await world.MeasureAsync($$"""
            websocket: {{_staging.Url}}ws
            auth: google-id-token
            headers: { Authorization: none }
            send: { type: ping }
            receive: json.type == "pong"
            {{more}}
            """);

        var sent = _staging.State.Requests.Skip(before).Single().Headers["Authorization"];
        Assert.That(measured.Fact("json.type").AsString, Is.EqualTo("pong"), measured.Reason);
        Assert.That(Google.GoogleWorld.AudienceOf(sent["Bearer ".Length..]), Is.EqualTo(audience.Replace("HOST", _staging.Url.Authority)));
        Assert.That(measured.ToString(), Does.Not.Contain(sent["Bearer ".Length..]));
    }

    [Test]
    public async Task Without_credentials_of_Google_no_upgrade_is_asked_for()
    {
        await using var world = await Google.GoogleWorld.StartAsync();
        var before = _staging.State.Requests.Count;

        var measured = await world.MeasureAsync($"{{ websocket: '{_staging.Url}ws', auth: google-id-token, receive: json.ok }}");
        var openLine = await world.MeasureAsync("{ websocket: 'ws://backend.example.com/ws', auth: google-id-token, receive: json.ok }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.StartWith("was not measured: "));
        Assert.That(openLine.Reason, Is.EqualTo("was not measured: an ID token is not sent over an open line; write the URL with https"));
        Assert.That(_staging.State.Requests, Has.Count.EqualTo(before));
    }

    [Test]
    public async Task Without_a_condition_no_message_counts_as_an_answer()
    {
        var measured = await MeasureAsync("websocket: /ws");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.HasFact("json") || measured.HasFact("round_trip"), Is.False);
        Assert.That(measured.Reason, Is.EqualTo("no message was waited for; say in 'receive' what an answer must be"));
    }

    [Test]
    public async Task A_server_that_speaks_no_WebSocket_says_its_status()
    {
        var measured = await MeasureAsync("{ websocket: /health, receive: json.status == \"healthy\" }");

        Assert.That(measured.Fact("connected").IsFalse);
        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(200));
        Assert.That(measured.HasFact("json"), Is.False);
    }

    [Test]
    public void A_condition_reads_a_message_only() =>
        Assert.That(ProbeTesting.ProblemsIn("{ websocket: /ws, receive: status == 101 }"), Has.Count.EqualTo(1));

    private Task<Measurement> MeasureAsync(string yaml) => ProbeTesting.MeasureAsync(yaml, _staging.Url);
}
