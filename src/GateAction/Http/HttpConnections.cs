using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace GateAction.Http;

/// <summary>Open connections, shared by all probes of a run. Nothing is followed, stored or sent that the manifest did not ask for.</summary>
internal sealed class HttpConnections : IDisposable
{
    public static readonly HttpRequestOptionsKey<ConnectTime> ConnectTimeKey = new("gate.connect");
    private readonly ConcurrentDictionary<TlsTrust, HttpMessageInvoker> _invokers = new();
    private readonly ConcurrentDictionary<(TlsTrust Trust, string Endpoint), TlsSession> _sessions = new();

    /// <summary>True where the proxy of the environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>) is used.</summary>
    public bool UsesProxy { get; init; } = true;

    /// <summary>Completes when the headers of the answer are there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, TlsTrust trust, CancellationToken cancellation) =>
        InvokerOf(trust).SendAsync(request, cancellation);

    /// <summary>For what opens connections of its own over them: WebSockets.</summary>
    public HttpMessageInvoker InvokerOf(TlsTrust trust) => _invokers.GetOrAdd(trust, Create);

    /// <summary>The last TLS session with the server of this URL, also where its certificate was refused.</summary>
    public TlsSession? SessionWith(Uri url, TlsTrust trust) => _sessions.GetValueOrDefault((trust, $"{url.IdnHost}:{url.Port}"));

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values)
            invoker.Dispose();
    }

    private HttpMessageInvoker Create(TlsTrust trust)
    {
        var problems = new ConditionalWeakTable<SslStream, string>();
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            ActivityHeadersPropagator = null,
            UseProxy = UsesProxy,
            MaxResponseDrainSize = 0,
            ConnectCallback = ConnectAsync,
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult(FinishConnecting(context, trust, problems)),
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = trust.CreateChainPolicy(),
                RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                    Accept((SslStream)sender, certificate as X509Certificate2, chain, errors, trust, problems),
            },
        };
        return new HttpMessageInvoker(handler);
    }

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

    private Stream FinishConnecting(SocketsHttpPlaintextStreamFilterContext context, TlsTrust trust, ConditionalWeakTable<SslStream, string> problems)
    {
        if (context.InitialRequestMessage.Options.TryGetValue(ConnectTimeKey, out var time))
            time.Stop();
        if (context.PlaintextStream is SslStream { RemoteCertificate: X509Certificate2 certificate } stream)
        {
            problems.TryGetValue(stream, out var problem);
            _sessions[(trust, $"{stream.TargetHostName}:{context.InitialRequestMessage.RequestUri!.Port}")] = TlsSession.From(stream, certificate, problem);
        }
        return context.PlaintextStream;
    }

    private static bool Accept(
        SslStream stream,
        X509Certificate2? certificate,
        X509Chain? chain,
        SslPolicyErrors errors,
        TlsTrust trust,
        ConditionalWeakTable<SslStream, string> problems)
    {
        var problem = CertificateProblem.Describe(certificate, chain, errors, stream.TargetHostName);
        if (problem is null)
            return true;
        problems.AddOrUpdate(stream, problem);
        if (trust.AcceptAny)
            return true;
        throw new CertificateRefusedException(problem, certificate is null ? null : TlsSession.From(certificate, problem));
    }
}
