using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace GateAction.Http;

/// <summary>Says in the words of the field what .NET reports as nested exceptions.</summary>
internal static class NetworkFaults
{
    public static NetworkException From(Exception exception, string endpoint)
    {
        // From the outside in, and the first that is known counts: HttpRequestException alone says no more than "an error occurred".
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case NetworkException fault:
                    return fault;
                case SocketException socket:
                    return FromSocket(socket, endpoint);
                case CertificateRefusedException refused:
                    return new($"{refused.Message} ({endpoint})", isTransient: false, mayHaveActed: false, exception)
                    { Session = refused.Session };
                case AuthenticationException authentication:
                    return TlsFaults.From(authentication, endpoint);
                case HttpRequestException { HttpRequestError: var error } when FromHttp(error, endpoint) is { } known:
                    return new(known, error == HttpRequestError.ResponseEnded, mayHaveActed: true, exception);
                case HttpIOException { HttpRequestError: var error } when FromHttp(error, endpoint) is { } known:
                    return new(known, error == HttpRequestError.ResponseEnded, mayHaveActed: true, exception);
                case InvalidDataException:
                    return new($"the answer's compression is damaged ({endpoint})", isTransient: false, mayHaveActed: true, exception);
            }
        }
        return new($"{FirstSentence(exception)} ({endpoint})", isTransient: true, mayHaveActed: true, exception);
    }

    private static NetworkException FromSocket(SocketException socket, string endpoint) => socket.SocketErrorCode switch
    {
        _ when socket is PartlyRefusedException { Unseen: var unseen } =>
            new($"connection refused, and this machine has no way to {unseen}, another address of that name ({endpoint})", true, false,
                socket),
        SocketError.ConnectionRefused => new($"connection refused ({endpoint})", true, false, socket)
        {
            IsRefusal = true,
            IsOwnMachine = IsLoopback(endpoint),
        },
        // Transient: a name of an environment that is being set up may not have reached every name server.
        SocketError.HostNotFound or SocketError.NoData => new($"no such host ({endpoint})", true, false, socket),
        SocketError.TryAgain => new($"the name server does not answer ({endpoint})", true, false, socket),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => new($"no route to the host ({endpoint})", true, false, socket),
        SocketError.TimedOut => new($"the connection timed out ({endpoint})", true, true, socket),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
            new($"connection reset ({endpoint})", true, true, socket),
        _ => new($"{FirstSentence(socket)} ({endpoint})", true, true, socket),
    };

    /// <param name="endpoint">Host and port.</param>
    private static bool IsLoopback(string endpoint)
    {
        var host = endpoint[..Math.Max(0, endpoint.LastIndexOf(':'))].Trim('[', ']');
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    private static string? FromHttp(HttpRequestError error, string endpoint) => error switch
    {
        HttpRequestError.ResponseEnded => $"the connection was closed before the answer was whole ({endpoint})",
        HttpRequestError.InvalidResponse => $"the answer is not HTTP ({endpoint})",
        HttpRequestError.HttpProtocolError => $"the answer breaks the rules of HTTP/2 ({endpoint})",
        HttpRequestError.ConfigurationLimitExceeded => $"the answer's headers are larger than 64 KiB ({endpoint})",
        HttpRequestError.VersionNegotiationError => $"the server does not speak the HTTP version asked for ({endpoint})",
        HttpRequestError.ProxyTunnelError => $"the proxy refused the connection ({endpoint})",
        _ => null,
    };

    private static string FirstSentence(Exception exception) =>
        exception.Message.ReplaceLineEndings(" ").Split(". ", 2)[0].TrimEnd('.', ' ');
}

/// <summary>Why a server gave no whole answer; the message completes "could not be reached: …".</summary>
/// <param name="isTransient">False if trying again cannot help: a certificate that is not valid, a redirect that is not
/// followed.</param>
/// <param name="mayHaveActed">True if the request may have reached the server, so that it must not be repeated unless it is
/// idempotent.</param>
internal sealed class NetworkException(string message, bool isTransient, bool mayHaveActed, Exception? innerException = null)
    : Exception(message, innerException)
{
    public bool IsTransient { get; } = isTransient;

    public bool MayHaveActed { get; } = mayHaveActed;

    /// <summary>True if the other side refused, in so many words: of TCP or of TLS.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>True if it was this machine's own address that refused.</summary>
    public bool IsOwnMachine { get; init; }

    /// <summary>True if the other side ended a connection without a word.</summary>
    public bool IsHangUp { get; init; }

    /// <summary>What was learnt of the server's certificate before it was refused.</summary>
    public TlsSession? Session { get; init; }
}
