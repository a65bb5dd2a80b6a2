using GateAction.Core.Model;
using GateAction.Manifests;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources;

/// <summary>Cookies that several probes share.</summary>
internal sealed class SessionTests
{
    private const string Sid = "sid=0a1b2c3d4e5f60718293a4b5";

    [Test]
    public async Task A_login_carries_over_to_the_probes_of_its_session_and_to_no_other()
    {
        using var server = LoginServer();

        var measured = await CollectAsync(
            $"login: {{ http: '{server.Url}login', session: user }}",
            $"orders: {{ http: '{server.Url}orders', session: user }}",
            $"chat: {{ websocket: '{server.Url}orders', session: user, attempts: 1 }}",
            $"stranger: {{ http: '{server.Url}orders' }}",
            $"other: {{ http: '{server.Url}orders', session: guest }}");

        Assert.That(measured["orders"].Fact("body").AsString, Is.EqualTo("yours"), measured["orders"].Reason);
        Assert.That(measured["chat"].Fact("status").AsInt, Is.EqualTo(200));
        Assert.That(measured["stranger"].Fact("status").AsInt, Is.EqualTo(401));
        Assert.That(measured["other"].Fact("status").AsInt, Is.EqualTo(401));
    }

    [Test]
    public async Task A_redirect_that_sets_the_cookie_logs_in_too()
    {
        using var server = LoginServer();

        var measured = await CollectAsync(
            $"login: {{ http: '{server.Url}leads-to-orders', session: user }}",
            $"again: {{ http: '{server.Url}orders', session: user }}");

        Assert.That(measured["login"].Fact("body").AsString, Is.EqualTo("yours"), measured["login"].Reason);
        Assert.That(measured["again"].Fact("body").AsString, Is.EqualTo("yours"));
    }

    [Test]
    public async Task Its_probes_are_measured_in_the_order_of_the_manifest()
    {
        var asked = new List<string>();
        using var server = new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is { } head)
            {
                lock (asked)
                    asked.Add(head.Split(' ')[1]);
                await stream.WriteAsync(WireServer.Answer([]));
            }
        });
        var names = Enumerable.Range(1, 9).Select(number => $"p{number}").ToArray();

        for (var round = 0; round < 5; round++)
            await CollectAsync([.. names.Select(name => $"{name}: {{ http: '{server.Url}{name}', session: one }}")]);

        Assert.That(asked, Is.EqualTo(Enumerable.Repeat(names.Select(name => $"/{name}"), 5).SelectMany(round => round)));
    }

    [Test]
    public async Task Where_the_login_has_no_answer_nobody_goes_on_as_a_stranger()
    {
        using var server = LoginServer();

        var measured = await CollectAsync(
            "login: { http: 'http://127.0.0.1:1/login', session: user, attempts: 1 }",
            $"orders: {{ http: '{server.Url}orders', session: user }}",
            $"later: {{ http: '{server.Url}orders', session: user }}");

        Assert.That(measured["orders"].Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured["orders"].Reason, Does.StartWith(
            "was not measured: 'login', which comes before it in the session 'user', has no answer: could not be reached: connection "
            + "refused"));
        Assert.That(measured["later"].Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(server.Accepted, Is.Zero);
    }

    [Test]
    public async Task The_value_of_a_sessions_cookie_is_shown_nowhere()
    {
        using var server = new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is { } head)
                await stream.WriteAsync(WireServer.Answer(System.Text.Encoding.ASCII.GetBytes(head), $"Set-Cookie: {Sid}; Path=/\r\n"));
        });

        var measured = await CollectAsync(
            $"login: {{ http: '{server.Url}', session: user }}", $"echo: {{ http: '{server.Url}', session: user }}");

        Assert.That(measured["echo"].Fact("body").AsString, Does.Contain("Cookie: sid=***").IgnoreCase.And.Not.Contain(Sid[4..]));
    }

    [Test]
    public void A_cookie_that_is_for_https_alone_is_named()
    {
        using var server = new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is not null)
                await stream.WriteAsync(WireServer.Answer([], $"Set-Cookie: {Sid}; Secure\r\n"));
        });

        var measured = CollectAsync(
            $"login: {{ http: '{server.Url}', session: user }}", $"next: {{ http: '{server.Url}', session: user }}").Result;

        Assert.That(measured["next"].Details, Has.Member("the cookie 'sid' was not sent: it is for https alone (Secure)"));
    }

    [Test]
    public void A_run_over_one_probe_measures_those_before_it_in_its_session()
    {
        var sources = Read("""
              unrelated: { http: https://staging.example.com/a }
              login: { http: https://staging.example.com/login, session: user }
              basket: { http: https://staging.example.com/basket, session: user }
              orders: { http: https://staging.example.com/orders, session: user }
            """).Sources;

        Assert.That(sources.Select(source => source.Follows), Is.EqualTo(new[] { null, null, "login", "basket" }));
        Assert.That(sources[3].Needs, Is.EqualTo(new[] { "basket" }));
    }

    private static WireServer LoginServer() => new(async stream =>
    {
        while (await WireServer.ReadHeadAsync(stream) is { } head)
        {
            var isKnown = head.Contains(Sid, StringComparison.Ordinal);
            await stream.WriteAsync(head.Split(' ')[1] switch
            {
                "/login" => WireServer.Answer("welcome"u8.ToArray(), $"Set-Cookie: {Sid}; Path=/; HttpOnly\r\n"),
                "/leads-to-orders" => System.Text.Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 302 Found\r\nLocation: /orders\r\nSet-Cookie: {Sid}; Path=/\r\nContent-Length: 0\r\n\r\n"),
                _ when isKnown => WireServer.Answer("yours"u8.ToArray()),
                _ => "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
            });
        }
    });

    private static async Task<IReadOnlyDictionary<string, Measurement>> CollectAsync(params string[] probes) =>
        (await ProbeTesting.CollectAsync(Read(string.Join('\n', probes.Select(probe => $"  {probe}"))).Sources)).Measurements;

    private static Manifest Read(string probes) => new ManifestReader(_ => null, new DateOnly(2026, 11, 27)).Read(
        $"version: 1\nprobes:\n{probes}\ncriteria:\n  one: github.sha != ''\n", "gate.yml").Require();
}
