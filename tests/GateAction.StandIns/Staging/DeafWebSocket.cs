using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace GateAction.StandIns.Staging;

/// <summary>
/// Accepts the upgrade and then neither answers pings nor closes, or goes on as it is told; where a key is given it answers with that key
/// instead of the right one.
/// </summary>
internal sealed class DeafWebSocket : IDisposable
{
    private readonly LoopbackListener _listener;
    private readonly string? _accept;
    private readonly Func<TcpClient, Task> _then;

    public DeafWebSocket(string? accept = null, Func<TcpClient, Task>? then = null)
    {
        _accept = accept;
        _listener = new LoopbackListener(ServeAsync);
        _then = then ?? (_ => _listener.Stopped);
    }

    public Uri Url => new($"ws://{_listener.EndPoint}/");

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        var key = "";
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            key = line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase) ? line.Split(':')[1].Trim() : key;
        var answer =
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + $"{_accept ?? Accept(key)}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
        await _then(client);
    }

#pragma warning disable CA5350 // RFC 6455 asks for SHA-1.
    private static string Accept(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
}
