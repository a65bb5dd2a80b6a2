using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Sockets;

/// <summary>One whole message.</summary>
/// <param name="Index">Its place among those that came, from 0.</param>
internal sealed record WebSocketMessage(byte[] Bytes, bool IsBinary, int Index)
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>What a condition of <c>receive</c> reads.</summary>
    public static readonly Facts<WebSocketMessage> Facts = new Facts<WebSocketMessage>("one message")
        .Text("text", "the message as text; absent where it is binary", message => message.IsBinary ? null : message.Text)
        .Dynamic("json", "the message as JSON; absent where it is none", message => message.Json)
        .Size("size", "its length", message => message.Bytes.Length)
        .Bool("binary", "true where it is binary", message => message.IsBinary)
        .Int("index", "its place among those that came, from 0", message => message.Index);

    private readonly Lazy<(Value? Json, string? Reason)> _json = new(() => ReadJson(Bytes, IsBinary));

    public string Text => IsBinary ? Convert.ToBase64String(Bytes) : Encoding.UTF8.GetString(Bytes);

    /// <summary>The next message; null where the server closes. Throws <see cref="NoEvidenceException"/> where it is too large.</summary>
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
