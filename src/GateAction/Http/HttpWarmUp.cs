using System.Net;
using System.Net.Sockets;

namespace GateAction.Http;

/// <summary>
/// Sends the first request of a run to a listener of our own on loopback, so that the time .NET takes to load and compile its HTTP stack is
/// not counted as the latency of whoever is asked first (measured: 100 ms and more, and a millisecond in the native program). Nobody else
/// is asked anything.
/// </summary>
internal static class HttpWarmUp
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Ends when the stack is warm.</summary>
    public static Task BeginAsync() => Task.Run(RunAsync);

    private static async Task RunAsync()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            using var connections = new HttpConnections(TimeProvider.System) { UsesProxy = false };
            var url = new Uri($"http://{listener.LocalEndpoint}/");
            var call = new HttpCall(HttpMethod.Get, url, [("Accept", "*/*")], null, null, TlsTrust.Machine, 1, Longest);
            using var timeout = new CancellationTokenSource(Longest, TimeProvider.System);
            var answering = AnswerAsync(listener, timeout.Token);
            await new HttpExchange(connections, TimeProvider.System, call).RunAsync(timeout.Token);
            await new HttpExchange(connections, TimeProvider.System,
                // A second one over the open connection, with a body: both are paths of their own through .NET's stack.
                call with { Method = HttpMethod.Post, Body = [1] }).RunAsync(timeout.Token);
            await answering;
        }
        catch (Exception exception) when (exception is SocketException or IOException or HttpRequestException or OperationCanceledException)
        {
            // Without loopback the first latency holds some of our own start; the measurement goes on.
        }
    }

    private static async Task AnswerAsync(TcpListener listener, CancellationToken cancellation)
    {
        using var socket = await listener.AcceptSocketAsync(cancellation);
        for (var request = 1; request <= 2; request++)
        {
            await socket.ReceiveAsync(new byte[4096], cancellation);
            await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(),
                cancellation);
        }
    }
}
