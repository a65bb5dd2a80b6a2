using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GateAction.StandIns;

/// <summary>An HTTP proxy that opens tunnels (CONNECT, RFC 9110, 9.3.6), all of them to one server of loopback whatever host they
/// name.</summary>
internal sealed class ConnectProxy : IDisposable
{
    private readonly LoopbackListener _listener;
    private readonly int _port;

    /// <param name="port">Where every tunnel leads.</param>
    public ConnectProxy(int port)
    {
        _port = port;
        _listener = new LoopbackListener(TunnelAsync);
    }

    public Uri Url => new($"http://{_listener.EndPoint}");

    /// <summary>The hosts and ports that were asked for: <c>github.example.com:443</c>.</summary>
    public ConcurrentQueue<string> Targets { get; } = new();

    public void Dispose() => _listener.Dispose();

    private async Task TunnelAsync(TcpClient client)
    {
        using var server = new TcpClient();
        var near = client.GetStream();
        Targets.Enqueue(await TargetAsync(near));
        await server.ConnectAsync(IPAddress.Loopback, _port);
        var far = server.GetStream();
        await near.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
        await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
    }

    /// <summary>Reads the request byte by byte: what follows its empty line belongs to the tunnel.</summary>
    private static async Task<string> TargetAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()) && await stream.ReadAsync(one) == 1)
            head.Add(one[0]);
        var request = Encoding.ASCII.GetString([.. head]).Split(' ');
        return request is ["CONNECT", var target, ..] ? target : throw new IOException("no tunnel was asked for");
    }
}
