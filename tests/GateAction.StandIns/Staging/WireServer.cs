using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GateAction.StandIns.Staging;

/// <summary>A server that answers byte by byte: each connection is served by a function, over TLS where there is a certificate.</summary>
internal sealed class WireServer : IDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Func<Stream, Task> _serve;
    private readonly Func<SslServerAuthenticationOptions>? _tls;
    private int _accepted;

    public WireServer(Func<Stream, Task> serve, SslServerAuthenticationOptions? tls = null)
        : this(serve, tls is null ? null : () => tls)
    {
    }

    /// <param name="tls">Asked for each connection; null for one without TLS.</param>
    public WireServer(Func<Stream, Task> serve, Func<SslServerAuthenticationOptions>? tls)
    {
        _serve = serve;
        _tls = tls;
        _listener = new LoopbackListener(ServeAsync);
    }

    public int Port => _listener.EndPoint.Port;

    public Uri Url => new($"{(_tls is null ? "http" : "https")}://127.0.0.1:{Port}/");

    public int Accepted => _accepted;

    /// <summary>Answers each request of a connection with these bytes.</summary>
    public static WireServer Answering(byte[] bytes) => new(async stream =>
    {
        while (await ReadHeadAsync(stream) is not null)
            await stream.WriteAsync(bytes);
    });

    /// <summary>An answer with its content-length.</summary>
    public static byte[] Answer(byte[] body, string headers = "") =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{headers}\r\n"), .. body];

    /// <summary>TLS as a server speaks it with this certificate.</summary>
    /// <param name="intermediates">What is sent above it.</param>
    /// <param name="asksForCertificate">True for one that ends the connection of a client which shows none.</param>
    public static SslServerAuthenticationOptions Tls(
        X509Certificate2 certificate, X509Certificate2Collection? intermediates = null, bool asksForCertificate = false,
        SslProtocols protocols = SslProtocols.None) => new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, intermediates, offline: true),
            ClientCertificateRequired = asksForCertificate,
            EnabledSslProtocols = protocols,
            RemoteCertificateValidationCallback = (_, shown, _, _) => !asksForCertificate || shown is not null,
        };

    /// <summary>The head of a request, with the body of one that has none; null where the client has gone.</summary>
    public static async Task<string?> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
                return null;
            head.Append((char)one[0]);
        }
        return head.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref _accepted);
        if (_tls is null)
        {
            await _serve(client.GetStream());
            return;
        }
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(_tls());
        await _serve(stream);
    }
}
