using System.Net.WebSockets;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;
using GateAction.Sources.Http;
using GateAction.Syntax;

namespace GateAction.Sources.Sockets;

/// <summary>Opens a WebSocket (RFC 6455), says what the manifest says and waits for the messages that it waits for.</summary>
/// <param name="Receive">Conditions over one message each, met one after the other.</param>
/// <param name="Hold">How long the connection must stay open afterwards; zero where that is not measured.</param>
internal sealed record WebSocketProbe(
    Template Url,
    RequestHeaders Headers,
    ServiceLogin Login,
    Session? Session,
    SocketPath? Socket,
    IReadOnlyList<string> Subprotocols,
    IReadOnlyList<JsonTemplate> Send,
    IReadOnlyList<Condition> Receive,
    TimeSpan Within,
    TimeSpan Hold,
    TimeSpan Ping,
    ServerTrust Trust,
    ProbeOptions Options) : Probe(Options)
{
    public static readonly SourceKind WebSocket = SourceKind.OfProbe(
        "websocket",
        "Opens a WebSocket, sends messages and waits for the answers that a condition describes.",
        Read,
        WebSocketMeasured.Facts);

    public override SourceKind Kind => WebSocket;

    public override Outcome OutcomeOfNoAnswer => Outcome.Unreachable;

    public override string? SessionName => Session?.Name;

    public static WebSocketProbe Read(Fields fields)
    {
        var probe = new WebSocketProbe(
            fields.Required("websocket", Syntaxes.Url("http", "https", "ws", "wss"),
            "the URL, or a path below the manifest's `target`; http and https stand for ws and wss"),
            RequestHeaders.Read(fields),
            ServiceLogin.Read(fields),
            Session.Read(fields),
            SocketPath.Read(fields),
            fields.Optional("subprotocols", Syntaxes.OneOrMany(Syntaxes.Text), [], "subprotocols to offer, the preferred one first"),
            fields.Optional("send", Syntaxes.OneOrMany(Syntaxes.Json), [], "messages to send: a text as it is, a mapping as JSON"),
            [.. fields.Optional("receive", Syntaxes.OneOrMany(Syntaxes.ConditionOver(WebSocketMessage.Facts.Type.Fields!)), [],
            "conditions over a message (text, json, size, binary, index), met one after the other; with as many messages to send, each is "
            + "sent once the condition before it is met")
                .Select(condition => condition.Value)],
            fields.Optional("within", Syntaxes.Duration, TimeSpan.FromSeconds(10),
            "time in which all conditions of `receive` must be met, once the WebSocket is open"),
            fields.Optional("hold", Syntaxes.Duration, TimeSpan.Zero,
            "keeps the connection open for this long afterwards and measures whether it stays alive"),
            fields.Optional("ping", Syntaxes.Duration, TimeSpan.FromSeconds(5),
            "time between two pings during `hold`, and time that the server has to answer one"),
            ServerTrust.Read(fields),
            ProbeOptions.Read(fields, WebSocket));
        fields.Check(probe.Hold > TimeSpan.Zero || !fields.Has("ping"), "ping", "pings are sent during 'hold' only; say how long to hold");
        fields.Check(probe.Ping > TimeSpan.Zero, "ping", "the time between two pings must be longer than nothing");
        return probe;
    }

    public override string SubjectIn(ProbeContext context) => UrlIn(context).AbsoluteUri;

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        var url = UrlIn(context);
        var asked = new UriBuilder(url) { Scheme = url.Scheme == Uri.UriSchemeWss ? Uri.UriSchemeHttps : Uri.UriSchemeHttp }.Uri;
        // A login asks its own server, which may have to wait for a place too.
        var headers = await Login.HeadersAsync(asked, asked, Headers, context, Options.Timeout, cancellation);
        using var place = await context.Limits.EnterAsync(url.Authority, cancellation);
        using var socket = new ClientWebSocket();
        return await new WebSocketTalk(this, socket, url, headers, context).RunAsync(cancellation);
    }

    public override Value FactsOf(NetworkException fault, ProbeContext context) =>
        WebSocketMeasured.Facts.Of(new() { Tls = TlsRead.Of(fault.Session, context) });

    private Uri UrlIn(ProbeContext context)
    {
        var url = context.ExpandUrl(Url);
        return url.Scheme switch
        {
            "ws" or "wss" => url,
            "http" or "https" => new UriBuilder(url) { Scheme = url.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs }.Uri,
            _ => throw new NoEvidenceException($"'{url.Scheme}' is no scheme of a WebSocket; ws, wss, http and https are accepted"),
        };
    }
}
