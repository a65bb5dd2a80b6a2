using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace GateAction.StandIns;

/// <summary>
/// A TCP server on a free port of loopback. It holds every connection until the one who serves it is done or the server is stopped: a
/// socket that nobody refers to is reset by the garbage collector, whenever that runs.
/// </summary>
internal sealed class LoopbackListener : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<TcpClient, Task> _serve;

    /// <param name="serve">Serves one connection, which is closed when it is done; the other side may go at any time.</param>
    public LoopbackListener(Func<TcpClient, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens, port included.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Ends when the server is stopped.</summary>
    public Task Stopped => _stopped.Task;

    public void Dispose()
    {
        _stopped.TrySetResult();
        _listener.Dispose();
        foreach (var client in _open.Keys)
            client.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        _open.TryAdd(client, 0);
        try
        {
            await _serve(client);
        }
        catch (Exception exception)
            when (exception is SocketException or IOException or ObjectDisposedException or AuthenticationException
            or InvalidOperationException)
        {
        }
        finally
        {
            _open.TryRemove(client, out _);
            client.Dispose();
        }
    }
}
