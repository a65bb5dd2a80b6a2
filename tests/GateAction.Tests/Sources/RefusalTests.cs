using System.Net;
using System.Net.Sockets;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;
using GateAction.Tests.Decisions;

namespace GateAction.Tests.Sources;

/// <summary>What must be closed is asked for by a probe, and only a refusal shows it.</summary>
internal sealed class RefusalTests
{
    private static readonly string[] Kinds =
        ["tcp: 127.0.0.1:PORT", "http: 'http://127.0.0.1:PORT/'", "http: 'https://127.0.0.1:PORT/'", "tcp: 127.0.0.1:PORT, tls: true"];

    [TestCaseSource(nameof(Kinds))]
    public async Task A_port_that_nobody_listens_on_is_refused(string kind)
    {
        using var held = Hold(listens: false, out var port);

        var measured = await ProbeTesting.MeasureAsync($"{{ {kind.Replace("PORT", $"{port}")}, expect: refused }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Fact("refused").IsTrue);
        Assert.That(StateOf("probe.refused", measured), Is.EqualTo(CriterionState.Passed));
        Assert.That(StateOf(kind.StartsWith("tcp", StringComparison.Ordinal) ? "!probe.connected" : "!probe.ok", measured),
            Is.EqualTo(CriterionState.Passed));
    }

    [TestCase("tcp: 127.0.0.1:PORT")]
    [TestCase("http: 'http://127.0.0.1:PORT/'")]
    public async Task A_port_that_is_open_fails_and_says_so(string kind)
    {
        using var server = WireServer.Answering(WireServer.Answer([]));

        var measured = await ProbeTesting.MeasureAsync($"{{ {kind.Replace("PORT", $"{server.Port}")}, expect: refused }}");

        Assert.That(measured.Fact("refused").IsFalse);
        Assert.That(measured.Details, Has.Some.EqualTo("the connection was opened, where a refusal is expected"));
        Assert.That(StateOf("probe.refused", measured), Is.EqualTo(CriterionState.Failed));
    }

    [TestCase("tcp: 'staging.invalid:81'")]
    [TestCase("http: 'http://staging.invalid/'")]
    [TestCase("http: 'http://127.0.0.1:PORT/'")]
    [TestCase("tcp: '127.0.0.1:PORT', tls: true")]
    public async Task Silence_and_an_unknown_name_are_no_refusal(string kind)
    {
        using var silent = Hold(listens: true, out var port);

        var measured = await ProbeTesting.MeasureAsync(
            $"{{ {kind.Replace("PORT", $"{port}")}, expect: refused, timeout: 500ms, attempts: 1 }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown), measured.Reason);
        Assert.That(StateOf("probe.refused", measured), Is.EqualTo(CriterionState.Inconclusive));
        Assert.That(StateOf("!probe.ok || !probe.connected", measured), Is.EqualTo(CriterionState.Inconclusive));
    }

    private static readonly (byte Alert, bool IsAboutClient)[] Alerts =
    [
        (42, true), (43, true), (44, true), (45, true), (46, true), (48, true), (49, true), (112, true), (116, true),
        (0, false), (10, false), (20, false), (22, false), (40, false), (47, false), (50, false), (70, false), (71, false), (80, false),
        (86, false), (109, false), (110, false), (120, false), (255, false),
    ];

    [Test]
    public async Task An_alert_is_a_refusal_if_it_is_about_the_client([Values(2, 3)] int kind,
        [ValueSource(nameof(Alerts))] (byte Alert, bool IsAboutClient) said)
    {
        using var server = new WireServer(async stream =>
        {
            await stream.ReadExactlyAsync(new byte[5]);
            await stream.WriteAsync((byte[])[21, 3, 3, 0, 2, 2, said.Alert]);
            _ = await stream.ReadAsync(new byte[16 * 1024]);
        });

        var measured = await ProbeTesting.MeasureAsync(
            $"{{ {Kinds[kind].Replace("PORT", $"{server.Port}")}, expect: refused, attempts: 1 }}");

        Assert.That(StateOf("probe.refused", measured), Is.EqualTo(said.IsAboutClient
            ? CriterionState.Passed
            : CriterionState.Inconclusive), measured.Reason);
    }

    [Test]
    public async Task A_redirect_to_where_nobody_listens_is_an_answer([Values(301, 302, 303, 307, 308)] int status)
    {
        using var held = Hold(listens: false, out var port);
        using var server = WireServer.Answering(System.Text.Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status} Elsewhere\r\nLocation: http://127.0.0.1:{port}/\r\nContent-Length: 0\r\n\r\n"));

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', expect: refused }}");

        Assert.That(StateOf("probe.refused", measured), Is.EqualTo(CriterionState.Failed), measured.Reason);
    }

    [Test]
    public void A_refusal_is_looked_for_once()
    {
        Assert.That(ProbeTesting.ProblemsIn("{ http: /admin, expect: refused, samples: 3 }"),
            Is.EqualTo((string[])["a refusal is looked for once; leave out 'samples'"]));
        Assert.That(ProbeTesting.ProblemsIn("{ tcp: 'a:1', expect: refused, send: x }"),
            Is.EqualTo((string[])["nothing is sent over a connection that is to be refused"]));
    }

    [Test]
    public async Task A_condition_that_holds_over_silence_says_how_to_ask_for_it()
    {
        using var held = Hold(listens: false, out var port);

        var measured = await ProbeTesting.MeasureAsync($"{{ tcp: '127.0.0.1:{port}', attempts: 1 }}");

        var criterion = Gates.Gate(Gates.Criterion("closed", "!probe.connected")).Decide(("probe", measured)).Criteria.Single();
        Assert.That(criterion.State, Is.EqualTo(CriterionState.Failed));
        Assert.That(criterion.Explanation, Is.Empty);
        Assert.That(criterion.Reason,
            Does.EndWith("; if nobody may connect, write `expect: refused` in the probe and ask for its fact `refused`"));
    }

    private static CriterionState StateOf(string condition, Measurement measured) =>
        Gates.Gate(Gates.Criterion("it", condition)).Decide(("probe", measured)).State("it");

    /// <summary>A port of loopback that is taken: where nobody accepts, connections stay in its queue.</summary>
    private static Socket Hold(bool listens, out int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (listens)
            socket.Listen();
        port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        return socket;
    }
}
