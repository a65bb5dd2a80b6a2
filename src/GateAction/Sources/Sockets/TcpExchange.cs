using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using GateAction.Cel.Values;
using GateAction.Http;
using GateAction.Sources.Http;

namespace GateAction.Sources.Sockets;

/// <summary>One connection of a <see cref="TcpProbe"/>, within its timeout.</summary>
internal sealed class TcpExchange(TcpProbe probe, Endpoint endpoint, ProbeContext context)
{
    private const int MostBanner = 16 * 1024;
    private readonly List<(string, Value)> _facts = [];
    private string _step = "no connection";

    public async Task<Look> RunAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(probe.Options.Timeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await using var stream = await OpenAsync(socket, either.Token);
            _facts.Insert(0, ("connected", Value.True));
            if (probe.Expect is not null)
                await ListenAsync(stream, cancellation, either.Token);
            return new Look(_facts);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NetworkFault($"{_step} within {probe.Options.Timeout.TotalSeconds:0.###} s ({endpoint})", isTransient: true, mayHaveActed: false);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException)
        {
            throw NetworkFaults.From(exception, endpoint.ToString());
        }
    }

    private async Task<Stream> OpenAsync(Socket socket, CancellationToken cancellation)
    {
        var started = context.Time.GetTimestamp();
        await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellation);
        _facts.Add(("latency", Value.Duration(context.Time.GetElapsedTime(started))));
        _facts.Add(("address", Value.String(AddressOf(socket))));
        var plain = new NetworkStream(socket);
        if (!probe.Tls)
            return plain;
        _step = "the TLS handshake was not finished";
        started = context.Time.GetTimestamp();
        var (stream, session) = await TlsConnection.OpenAsync(plain, probe.ServerName is null ? endpoint.Host : context.Expand(probe.ServerName), probe.Trust.In(context), cancellation);
        _facts.Add(("handshake", Value.Duration(context.Time.GetElapsedTime(started))));
        _facts.Add(("tls", HttpFacts.OfTls(session, context.Time.GetUtcNow())));
        return stream;
    }

    /// <summary>Reads until what came fits, the server ends, or the time is over: each is a measurement of a server that is there.</summary>
    private async Task ListenAsync(Stream stream, CancellationToken stop, CancellationToken cancellation)
    {
        var buffer = new byte[MostBanner];
        var length = 0;
        var fits = false;
        try
        {
            if (probe.Send is not null)
                await stream.WriteAsync(Encoding.UTF8.GetBytes(context.Expand(probe.Send)), cancellation);
            while (!fits && length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), cancellation) is > 0 and var read)
            {
                length += read;
                fits = probe.Expect!.IsMatch(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            // What it said until then is what is measured.
        }
        _facts.Add(("banner", Value.String(Encoding.UTF8.GetString(buffer, 0, length))));
        _facts.Add(("expected", Value.Bool(fits)));
    }

    private static string AddressOf(Socket socket)
    {
        var address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
