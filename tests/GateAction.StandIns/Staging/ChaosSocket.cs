using System.Net.Sockets;
using System.Text;

namespace GateAction.StandIns.Staging;

/// <summary>How a connection is broken.</summary>
internal enum Break
{
    /// <summary>Closed without a byte.</summary>
    Empty,

    /// <summary>Reset without a byte.</summary>
    Reset,

    /// <summary>Reset in the middle of the body.</summary>
    ResetInBody,

    /// <summary>Closed before the length that was announced.</summary>
    ShortBody,

    /// <summary>Something that is not HTTP.</summary>
    Garbage,

    /// <summary>Headers without an end.</summary>
    EndlessHeaders,

    /// <summary>Accepted and never read.</summary>
    Silent,
}

/// <summary>A server below HTTP: it breaks the first connections as it is told and answers 200 from then on.</summary>
internal sealed class ChaosSocket : IDisposable
{
    private const string Answer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 21\r\nConnection: close\r\n\r\n{\"status\": \"healthy\"}";
    private readonly LoopbackListener _listener;
    private readonly Break _break;
    private int _breaks;

    public ChaosSocket(Break how, int breaks = int.MaxValue)
    {
        _break = how;
        _breaks = breaks;
        _listener = new LoopbackListener(ServeAsync);
    }

    public Uri Url => new($"http://{_listener.EndPoint}/");

    public int Accepted { get; private set; }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(TcpClient client)
    {
        var socket = client.Client;
        Accepted++;
        var isBroken = _breaks-- > 0;
        if (isBroken && _break == Break.Silent)
        {
            await _listener.Stopped;
            return;
        }
        await socket.ReceiveAsync(new byte[8192]);
        await (isBroken ? BreakAsync(socket) : SendAsync(socket, Answer));
        socket.Shutdown(SocketShutdown.Both);
    }

    private async Task BreakAsync(Socket socket)
    {
        switch (_break)
        {
            case Break.Reset:
                socket.LingerState = new LingerOption(true, 0);
                socket.Close();
                break;
            case Break.ResetInBody:
                await SendAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"status\": ");
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
                socket.LingerState = new LingerOption(true, 0);
                socket.Close();
                break;
            case Break.ShortBody:
                await SendAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"status\": \"healthy\"}");
                break;
            case Break.Garbage:
                await SendAsync(socket, "SSH-2.0-OpenSSH_9.2\r\n");
                break;
            case Break.EndlessHeaders:
                await SendAsync(socket, "HTTP/1.1 200 OK\r\n");
                while (true)
                    await SendAsync(socket, $"X-Noise: {new string('x', 1000)}\r\n");
        }
    }

    private static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text));
}
