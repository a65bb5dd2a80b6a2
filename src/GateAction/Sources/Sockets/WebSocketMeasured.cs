using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Http;

namespace GateAction.Sources.Sockets;

/// <summary>What the facts of a <c>websocket</c> probe are made of. What did not come about is null.</summary>
internal sealed record WebSocketMeasured
{
    public static readonly Facts<WebSocketMeasured> Facts = new Facts<WebSocketMeasured>()
        .Bool("connected", "true if the server accepted the upgrade", measured => measured.IsConnected)
        .Int("status", "status of its answer to the upgrade: 101 where it accepted", measured => measured.Status)
        .AsFigure(FigureNames.Status)
        .Map(
            FactNames.Headers,
            "headers of that answer, names in lower case",
            FactType.String("the value"),
            measured => measured.Headers?.Select(header => (header.Name, Value.String(header.Value))))
        .Duration("latency", "time to open the WebSocket: name, TCP, TLS and upgrade", measured => measured.Latency)
        .AsFigure(FigureNames.Latency)
        .Text("subprotocol", "the subprotocol that the server chose; absent if it chose none", measured => measured.Subprotocol)
        .Int("received", "how many messages came", measured => measured.Received)
        .Texts(
            FactNames.Messages,
            $"the first {WebSocketTalk.KeptMessages} messages, up to 1 MiB together; a binary one as Base64",
            "the message",
            measured => measured.Messages)
        .Text(
            FactNames.Text,
            "the message that met the last condition of `receive`; absent if it is binary, or there is none",
            measured => measured.Met is { IsBinary: false } met ? met.Text : null)
        .Dynamic(FactNames.Json, "that message as JSON; absent if it is none", measured => measured.Met?.Json)
        .Duration(
            "round_trip",
            "time from a message sent to the one that met its condition; of several the longest",
            measured => measured.Met is null ? null : measured.RoundTrip)
        .Bool(
            "alive",
            "true if the connection stayed open for `hold` and every ping was answered; absent without `hold`",
            measured => measured.IsAlive)
        .Int(
            "close_code",
            "code with which the server closed the connection; 1000 is normal, and also stands for a close without a code; absent if "
            + "it did "
            + "not close",
            measured => measured.CloseCode)
        .Text("close_reason", "the server's reason for closing; absent if it gave none", measured => measured.CloseReason)
        .Object(FactNames.Tls, TlsRead.Facts, measured => measured.Tls);

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

/// <summary>One whole message.</summary>
/// <param name="Index">Its place among those that came, from 0.</param>
internal sealed record WebSocketMessage(byte[] Bytes, bool IsBinary, int Index)
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>What a condition of <c>receive</c> reads.</summary>
    public static readonly Facts<WebSocketMessage> Facts = new Facts<WebSocketMessage>("one message")
        .Text(FactNames.Text, "the message as text; absent if it is binary", message => message.IsBinary ? null : message.Text)
        .Dynamic(FactNames.Json, "the message as JSON; absent if it is none", message => message.Json)
        .Size("size", "its length", message => message.Bytes.Length)
        .Bool("binary", "true if it is binary", message => message.IsBinary)
        .Int("index", "its place among those that came, from 0", message => message.Index);

    private readonly Lazy<(Value? Json, string? Reason)> _json = new(() => ReadJson(Bytes, IsBinary));

    public string Text => IsBinary ? Convert.ToBase64String(Bytes) : Encoding.UTF8.GetString(Bytes);

    /// <summary>The next message; null if the server closes. Throws <see cref="NoEvidenceException"/> where it is too large.</summary>
    public static async Task<WebSocketMessage?> ReceiveAsync(WebSocket socket, int index, CancellationToken cancellation)
    {
        var kept = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var part = await socket.ReceiveAsync(kept.GetMemory(4096), cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            kept.Advance(part.Count);
            if (kept.WrittenCount > MaxBytes)
                throw new NoEvidenceException($"message {index + 1} is larger than {MaxBytes / 1024} KiB and was not read to its end");
            if (part.EndOfMessage)
                return new(kept.WrittenSpan.ToArray(), part.MessageType == WebSocketMessageType.Binary, index);
        }
    }

    public Value? Json => _json.Value.Json;

    /// <summary>Why some of its facts are missing; null where none is.</summary>
    public string? Reason => _json.Value.Reason;

    public Scope ToScope() => new(
        Facts.Of(this).AsMap.Entries.ToDictionary(fact => fact.Key.AsString, fact => fact.Value),
        Reason is null ? [] : Facts.Type.Fields!.Keys.ToDictionary(name => name, _ => Reason));

    private static (Value?, string?) ReadJson(byte[] bytes, bool isBinary)
    {
        string? reason = isBinary ? "the message is binary" : null;
        return (isBinary ? null : JsonFact.Read("the message", Encoding.UTF8.GetString(bytes), ref reason), reason);
    }
}
