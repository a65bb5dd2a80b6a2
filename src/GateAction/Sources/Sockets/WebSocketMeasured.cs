using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Http;

namespace GateAction.Sources.Sockets;

/// <summary>What the facts of a <c>websocket</c> probe are made of. What did not come about is null.</summary>
internal sealed record WebSocketMeasured
{
    public static readonly Facts<WebSocketMeasured> Facts = new Facts<WebSocketMeasured>()
        .Bool("connected", "true where the server accepted the upgrade", measured => measured.IsConnected)
        .Int("status", "status of its answer to the upgrade: 101 where it accepted", measured => measured.Status)
        .AsFigure(FigureNames.Status)
        .Map(
            "headers",
            "headers of that answer, names in lower case",
            FactType.String("the value"),
            measured => measured.Headers?.Select(header => (header.Name, Value.String(header.Value))))
        .Duration("latency", "time to open the WebSocket: name, TCP, TLS and upgrade", measured => measured.Latency)
        .AsFigure(FigureNames.Latency)
        .Text("subprotocol", "the subprotocol that the server chose; absent where it chose none", measured => measured.Subprotocol)
        .Int("received", "how many messages came", measured => measured.Received)
        .Texts(
            "messages",
            $"the first {WebSocketTalk.KeptMessages} messages, up to 1 MiB together; a binary one as Base64",
            "the message",
            measured => measured.Messages)
        .Text(
            "text",
            "the message that met the last condition of `receive`; absent where it is binary, or there is none",
            measured => measured.Met is { IsBinary: false } met ? met.Text : null)
        .Dynamic("json", "that message as JSON; absent where it is none", measured => measured.Met?.Json)
        .Duration(
            "round_trip",
            "time from a message sent to the one that met its condition; of several the longest",
            measured => measured.Met is null ? null : measured.RoundTrip)
        .Bool(
            "alive",
            "true where the connection stayed open for `hold` and every ping was answered; absent without `hold`",
            measured => measured.IsAlive)
        .Int(
            "close_code",
            "code with which the server closed the connection; 1000 is normal, and also stands for a close without a code; absent where "
            + "it did "
            + "not close",
            measured => measured.CloseCode)
        .Text("close_reason", "the server's reason for closing; absent where it gave none", measured => measured.CloseReason)
        .Object("tls", TlsRead.Facts, measured => measured.Tls);

    public bool IsConnected { get; init; }

    public int? Status { get; init; }

    public IReadOnlyList<(string Name, string Value)>? Headers { get; init; }

    public TimeSpan? Latency { get; init; }

    public string? Subprotocol { get; init; }

    public TlsRead? Tls { get; init; }

    public int? Received { get; init; }

    public IReadOnlyList<string>? Messages { get; init; }

    public WebSocketMessage? Met { get; init; }

    public TimeSpan RoundTrip { get; init; }

    public bool? IsAlive { get; init; }

    public int? CloseCode { get; init; }

    public string? CloseReason { get; init; }
}
