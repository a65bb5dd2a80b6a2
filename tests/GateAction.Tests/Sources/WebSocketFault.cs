using System.IO.Compression;
using System.Net.Sockets;
using System.Text;

namespace GateAction.Tests.Sources;

/// <summary>What a server sends after it accepted a WebSocket, byte by byte as RFC 6455 (5.2) frames it, and how it goes on.</summary>
internal sealed record WebSocketFault(string Name, Func<TcpClient, Task> PlayAsync)
{
    private const int HugeBytes = 300 * 1024 * 1024;

    public static readonly IReadOnlyList<WebSocketFault> All =
    [
        Frames("frame: none", []),
        Frames("frame: text that is no UTF-8", [0x81, 2, 0xC3, 0x28]),
        Frames("frame: compressed though nobody offered it", [0xC1, .. Bomb()]),
        Frames("frame: a reserved opcode", [0x83, 0]),
        Frames("frame: masked by the server", [0x81, 0x82, 1, 2, 3, 4, 5, 6]),
        Frames("frame: a length of 2^63", [0x81, 127, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        Frames("frame: a ping of 126 bytes", [0x89, 126, 0, 126, .. new byte[126]]),
        Frames("frame: a continuation of nothing", [0x80, 0]),
        Frames("frame: a close of one byte", [0x88, 1, 3]),
        Frames("frame: a close with code 1005", [0x88, 2, 0x03, 0xED]),
        Frames("frame: a close without code", [0x88, 0]),
        Frames("frame: truncated JSON", Text("""{"type": "pong" """)),
        Frames("frame: a key that stands twice", Text("""{"type": "crash", "type": "pong"}""")),
        Frames("frame: NaN", Text("""{"type": NaN}""")),
        Frames("frame: an empty text", Text("")),
        Frames("frame: binary", [0x82, .. Text("""{"type": "pong"}""")[1..]]),
        new("frame: reset in a message", client => EndAsync(client, isReset: true)),
        new("frame: closed in a message", client => EndAsync(client, isReset: false)),
        new("frame: a slow drip", DripAsync),
        new("frame: 300 MB in one", client => HugeAsync(client, isOneFrame: true)),
        new("frame: 300 MB in parts", client => HugeAsync(client, isOneFrame: false)),
    ];

    public static WebSocketFault? Find(string name) => All.FirstOrDefault(fault => fault.Name == name);

    private static WebSocketFault Frames(string name, byte[] bytes) => new(name, async client =>
    {
        await client.GetStream().WriteAsync(bytes);
        await WaitAsync(client);
    });

    private static byte[] Text(string text) => [0x81, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    /// <summary>A length and some kilobytes that unpack to 300 MB (RFC 7692).</summary>
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            for (var written = 0; written < HugeBytes; written += 1 << 20)
                deflate.Write(new byte[1 << 20]);
        var bytes = packed.ToArray();
        return [127, 0, 0, 0, 0, 0, (byte)(bytes.Length >> 16), (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    private static async Task EndAsync(TcpClient client, bool isReset)
    {
        // What the probe sends shows that it has read the handshake, which a reset would take with it.
        await client.GetStream().ReadAtLeastAsync(new byte[64], 1);
        await client.GetStream().WriteAsync(Text("""{"type": "pong"}""").AsMemory(0, 8));
        client.LingerState = new LingerOption(isReset, 0);
        client.Close();
    }

    private static async Task DripAsync(TcpClient client)
    {
        // A message of 65,535 bytes, of which one comes at each look whether the probe is still there.
        await client.GetStream().WriteAsync((byte[])[0x81, 126, 0xFF, 0xFF]);
        await Eventually.TrueAsync(
            async () =>
            {
                await client.GetStream().WriteAsync("x"u8.ToArray());
                return client.Client.Poll(0, SelectMode.SelectRead) && client.Available == 0;
            },
            "the probe gives up");
    }

    private static async Task HugeAsync(TcpClient client, bool isOneFrame)
    {
        var part = new byte[1 << 20];
        Array.Fill(part, (byte)'x');
        var stream = client.GetStream();
        if (isOneFrame)
            await stream.WriteAsync((byte[])[0x81, 127, 0, 0, 0, 0, HugeBytes >> 24, HugeBytes >> 16 & 0xFF, 0, 0]);
        for (var sent = 0; sent < HugeBytes; sent += part.Length)
        {
            if (!isOneFrame)
                await stream.WriteAsync((byte[])[(byte)(sent == 0 ? 0x01 : 0x00), 127, 0, 0, 0, 0, 0, 0x10, 0, 0]);
            await stream.WriteAsync(part);
        }
        await WaitAsync(client);
    }

    /// <summary>Stays open until the other side has gone.</summary>
    private static async Task WaitAsync(TcpClient client)
    {
        while (await client.GetStream().ReadAsync(new byte[4096]) > 0)
        {
        }
    }
}
