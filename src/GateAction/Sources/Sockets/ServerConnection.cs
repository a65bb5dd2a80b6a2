using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using GateAction.Cel.Values;
using GateAction.Http;
using GateAction.Syntax;

namespace GateAction.Sources.Sockets;

/// <summary>How a probe talks to a server over TCP: within the time of one attempt, and with one sentence for whatever breaks.</summary>
internal static class ServerConnection
{
    /// <summary>Takes a place of the run's limits and talks. Throws <see cref="NetworkException"/> if that breaks or takes too
    /// long.</summary>
    /// <param name="talk">Opens what it needs (<see cref="OpenAsync"/>) and gives what it learnt.</param>
    /// <param name="missing">What has not happened when the time is over, as "no connection".</param>
    public static async Task<T> TalkAsync<T>(Endpoint endpoint, ProbeOptions options, ProbeContext context,
        Func<CancellationToken, Task<T>> talk, Func<string> missing, CancellationToken cancellation)
    {
        // Before the clock starts: to wait for the gate's other requests is not the server's time.
        using var place = await context.Limits.EnterAsync(endpoint.ToString(), cancellation);
        using var timeout = new CancellationTokenSource(options.Timeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await talk(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NetworkException($"{missing()} within {UnitText.Duration(options.Timeout)} ({endpoint})", isTransient: true,
                mayHaveActed: false);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException)
        {
            throw NetworkFaults.From(exception, endpoint.ToString());
        }
    }

    /// <summary>The open connection, the IP address that answered, and the time that it took to resolve the name and to connect.</summary>
    public static async Task<(NetworkStream Stream, string Address, TimeSpan Latency)> OpenAsync(
        Endpoint endpoint, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var socket = await AddressRace.ConnectAsync(endpoint.Host, endpoint.Port, time, cancellation);
        var latency = time.GetElapsedTime(started);
        var address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        // A socket for both versions of IP shows 127.0.0.1 as ::ffff:127.0.0.1.
        return (new(socket, ownsSocket: true), (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString(), latency);
    }
}

/// <summary>A host and a port: <c>db.example.com:5432</c>, <c>[::1]:6379</c>.</summary>
internal sealed record Endpoint(string Host, int Port)
{
    public const string Expected = "a host and a port such as db.example.com:5432 or [::1]:6379";

    /// <summary>As a field has it: what can be told from the text alone is told by <c>gate validate</c>.</summary>
    public static Syntax<Template> Field { get; } = Syntaxes.Template.Unless(text => text.IsConstant && text.Parts.Count > 0
        && Parse(string.Concat(text.Parts.Select(part => part.Text))) is null
        ? $"found '{text}', expected {Expected}"
        : null);

    /// <summary>Throws <see cref="NoEvidenceException"/> if the text, filled in, is none.</summary>
    public static Endpoint In(ProbeContext context, Template written)
    {
        var text = context.Expand(written);
        return Parse(text) ?? throw new NoEvidenceException($"'{text}' is no address; expected {Expected}");
    }

    /// <summary>Null if the text is none.</summary>
    public static Endpoint? Parse(string text)
    {
        // The last one, because an IPv6 address has more of them. Without brackets its end could be a port, so they are asked for.
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535)
            return null;
        var host = text[..colon];
        if (host is ['[', .. var inner, ']'])
            return Uri.CheckHostName(inner) == UriHostNameType.IPv6 ? new(inner, port) : null;
        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 ? new(host, port) : null;
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
