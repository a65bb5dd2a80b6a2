using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using GateAction.Cel.Values;

namespace GateAction.Sources.Sockets;

/// <summary>One whole message.</summary>
/// <param name="Index">Its place among those that came, from 0.</param>
internal sealed record WebSocketMessage(byte[] Bytes, bool IsBinary, int Index)
{
    public const int MaxBytes = 1024 * 1024;

    public static readonly FactType Facts = FactType.Object(
        "one message",
        ("text", FactType.String("the message as text; absent where it is binary")),
        ("json", FactType.Dynamic("the message as JSON; absent where it is none")),
        ("size", FactType.Size("its length")),
        ("binary", FactType.Bool("true where it is binary")),
        ("index", FactType.Int("its place among those that came, from 0")));

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

    /// <summary>What a condition of <c>receive</c> reads.</summary>
    public Scope ToScope()
    {
        string? reason = IsBinary ? "the message is binary" : null;
        var facts = new Dictionary<string, Value>
        {
            ["size"] = Value.Int(Bytes.Length),
            ["binary"] = Value.Bool(IsBinary),
            ["index"] = Value.Int(Index),
        };
        if (!IsBinary)
            facts["text"] = Value.String(Text);
        if (!IsBinary && JsonFact.Read("the message", Text, ref reason) is { } json)
            facts["json"] = json;
        return new Scope(facts, reason is null ? [] : Facts.Fields!.Keys.ToDictionary(name => name, _ => reason));
    }
}
