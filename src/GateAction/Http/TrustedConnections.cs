using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GateAction.Http;

/// <summary>Open connections to servers whose certificates are held against the same authorities. Nothing is followed, stored or sent that was not asked for.</summary>
internal sealed class TrustedConnections : IDisposable
{
    public static readonly HttpRequestOptionsKey<ConnectTime> ConnectTimeKey = new("gate.connect");
    private readonly TlsTrust _trust;
    private readonly ConcurrentDictionary<string, TlsSession> _sessions = new();
    private readonly ConditionalWeakTable<SslStream, string> _problems = [];

    public TrustedConnections(TlsTrust trust, bool usesProxy)
    {
        _trust = trust;
        Invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            ActivityHeadersPropagator = null,
            UseProxy = usesProxy,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            MaxResponseDrainSize = 0,
            ConnectCallback = ConnectAsync,
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult(FinishConnecting(context)),
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = trust.CreateChainPolicy(),
                RemoteCertificateValidationCallback = (sender, certificate, chain, errors) => Accept((SslStream)sender, certificate as X509Certificate2, chain, errors),
            },
        });
    }

    public HttpMessageInvoker Invoker { get; }

    /// <summary>The last TLS session with the server of this URL.</summary>
    public TlsSession? SessionWith(Uri url) => url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeWss ? _sessions.GetValueOrDefault($"{url.IdnHost}:{url.Port}") : null;

    public void Dispose() => Invoker.Dispose();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        if (context.InitialRequestMessage.Options.TryGetValue(ConnectTimeKey, out var time))
            time.Start();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Stream FinishConnecting(SocketsHttpPlaintextStreamFilterContext context)
    {
        if (context.InitialRequestMessage.Options.TryGetValue(ConnectTimeKey, out var time))
            time.Stop();
        if (context.PlaintextStream is SslStream { RemoteCertificate: X509Certificate2 certificate } stream)
        {
            _problems.TryGetValue(stream, out var problem);
            _sessions[$"{stream.TargetHostName}:{context.InitialRequestMessage.RequestUri!.Port}"] = TlsSession.From(stream, certificate, problem);
        }
        return context.PlaintextStream;
    }

    private bool Accept(SslStream stream, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var problem = CertificateProblem.Describe(certificate, chain, errors, stream.TargetHostName);
        if (problem is null)
            return true;
        _problems.AddOrUpdate(stream, problem);
        if (_trust.AcceptAny)
            return true;
        throw new CertificateRefusedException(problem, certificate is null ? null : TlsSession.From(certificate, problem));
    }
}
