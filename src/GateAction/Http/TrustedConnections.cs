using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GateAction.Http;

/// <summary>Open connections to servers whose certificates the same authorities must have issued. Nothing is followed, stored or sent that
/// was not asked for.</summary>
internal sealed class TrustedConnections : IDisposable
{
    private readonly TlsTrust _trust;
    private readonly TimeProvider _time;
    private readonly bool _usesProxy;
    private readonly UnixSocket? _socket;
    private readonly ConcurrentDictionary<string, TlsSession> _sessions = new();
    private readonly ConcurrentDictionary<string, bool> _certificateAskers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, HandshakeStream> _handshakes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConditionalWeakTable<object, object> _asked = [];
    private readonly ConditionalWeakTable<SslStream, CertificateReview> _reviews = [];
    private readonly ConditionalWeakTable<HttpRequestMessage, string> _sent = [];

    /// <param name="socket">Where the server listens; null for one that is reached over the network.</param>
    public TrustedConnections(TlsTrust trust, UnixSocket? socket, bool usesProxy, TimeProvider time)
    {
        (_trust, _socket, _usesProxy, _time) = (trust, socket, usesProxy && socket is null, time);
        Invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            // Probes have a jar of their own if they want one (CookieJar).
            UseCookies = false,
            // Else .NET may add a header traceparent, which the manifest did not ask for.
            ActivityHeadersPropagator = null,
            UseProxy = _usesProxy,
            RequestHeaderEncodingSelector = SendOnce,
            // The rest of a body that was cut is not read to save the connection: it may be endless.
            MaxResponseDrainSize = 0,
            ConnectCallback = ConnectAsync,
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(FinishConnecting(context)),
            SslOptions = trust.CreateOptions(ShowNoCertificate, (sender, certificate, chain, errors) =>
                Accept((SslStream)sender, certificate as X509Certificate2, chain, errors)),
        });
    }

    public HttpMessageInvoker Invoker { get; }

    /// <summary>The last TLS session with the server of this URL.</summary>
    public TlsSession? SessionWith(Uri url) =>
        url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeWss
        ? _sessions.GetValueOrDefault(AuthorityOf(url))
        : null;

    /// <summary>What to say if the server of this URL ended the connection while TLS began or over the client's certificate; null if
    /// it did not.</summary>
    public NetworkException? TlsFaultOf(Uri url, Exception exception, string endpoint) =>
        OfCertificate(url, exception, endpoint)
        ?? _handshakes.GetValueOrDefault(AuthorityOf(url))?.FaultOf(exception, endpoint, _trust.Client is not null);

    private NetworkException? OfCertificate(Uri url, Exception exception, string endpoint) =>
        _trust.Client is { } client
            ? TlsFaults.OfClient(exception, client, endpoint, SessionWith(url))
                ?? (SessionWith(url)?.ClientSubject is not null && TlsFaults.IsHangUp(exception)
                ? TlsFaults.HungUpOn(client, endpoint, exception, SessionWith(url))
                : null)
        : _certificateAskers.ContainsKey(AuthorityOf(url)) && TlsFaults.IsByServer(exception)
            ? TlsFaults.ClientCertificateMissing(endpoint, exception, SessionWith(url))
            : null;

    /// <summary>The proxy of the environment that requests for this URL go through, without its password; null if they go
    /// straight.</summary>
    public Uri? ProxyFor(Uri url)
    {
        var asked = url.Scheme is "ws" or "wss" ? new UriBuilder(url) { Scheme = url.Scheme == "ws" ? "http" : "https" }.Uri : url;
        return _usesProxy && !HttpClient.DefaultProxy.IsBypassed(asked) && HttpClient.DefaultProxy.GetProxy(asked) is { } proxy
            ? new UriBuilder(proxy.Scheme, proxy.Host, proxy.Port).Uri
            : null;
    }

    public void Dispose() => Invoker.Dispose();

    /// <summary>
    /// The runtime asks for this at each header that it writes. It writes a request anew if a connection that was kept open ends without
    /// an answer, or a server refuses a stream of HTTP/2: an attempt that nobody would see.
    /// </summary>
    private Encoding SendOnce(string header, HttpRequestMessage request)
    {
        if (!_sent.TryGetValue(request, out var first))
        {
            _sent.Add(request, header);
            return Encoding.UTF8;
        }
        if (first != header)
            return Encoding.UTF8;
        var url = request.RequestUri!;
        throw new NetworkException($"the connection ended without an answer ({url.Host}:{url.Port})", isTransient: true, mayHaveActed: true)
        { IsHangUp = true };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        if (context.InitialRequestMessage.Options.TryGetValue(RequestWatch.Key, out var watch))
            watch.Start();
        if (_socket is not null)
            return new NetworkStream(await _socket.ConnectAsync(cancellation), ownsSocket: true);
        var endpoint = context.DnsEndPoint;
        // .NET uses the same options for the TLS to the proxy, and gives no way to tell the two apart.
        if (_trust.Client is not null && ProxyFor(context.InitialRequestMessage.RequestUri!) is { Scheme: "https" } secure)
            throw new NetworkException(
                $"the client certificate would be shown to the proxy {secure.Host}:{secure.Port} too, which speaks TLS "
                + "itself; name a proxy with http, or this host in NO_PROXY", isTransient: false, mayHaveActed: false);
        // A name may lead elsewhere than a moment ago. Through a proxy it is the proxy's address that is connected to.
        var keepsOut = context.InitialRequestMessage.Options.TryGetValue(HttpRedirect.KeepsOut, out var asked) && asked
            && ProxyFor(context.InitialRequestMessage.RequestUri!) is null;
        try
        {
            var socket = await AddressRace.ConnectAsync(endpoint.Host, endpoint.Port, _time, cancellation, keepsOut ? KeepOut : null);
            var stream = new NetworkStream(socket, ownsSocket: true);
            var url = context.InitialRequestMessage.RequestUri!;
            // Behind a proxy TLS begins after its own words.
            if (url.Scheme is not ("https" or "wss") || ProxyFor(url) is not null)
                return stream;
            var handshake = _handshakes[AuthorityOf(url)] = new HandshakeStream(stream);
            context.InitialRequestMessage.Options.Set(RequestWatch.Handshake, handshake);
            return handshake;
        }
        catch (SocketException exception) when (ProxyFor(context.InitialRequestMessage.RequestUri!) is not null)
        {
            var fault = NetworkFaults.From(exception, $"{endpoint.Host}:{endpoint.Port}");
            throw new NetworkException($"the proxy: {fault.Message}", fault.IsTransient, fault.MayHaveActed, exception);
        }
    }

    private static string AuthorityOf(Uri url) => $"{url.IdnHost}:{url.Port}";

    private static NetworkException? KeepOut(IPAddress address) => LinkLocal.Is(address)
        ? new NetworkException(HttpRedirect.LeadsInside(address.ToString()), isTransient: false, mayHaveActed: true)
        : null;

    private WireStream FinishConnecting(SocketsHttpPlaintextStreamFilterContext context)
    {
        context.InitialRequestMessage.Options.TryGetValue(RequestWatch.Handshake, out var handshake);
        var wire = new WireStream(context.PlaintextStream, (context.PlaintextStream as NetworkStream)?.Socket,
            context.PlaintextStream is SslStream ? handshake : null);
        if (context.InitialRequestMessage.Options.TryGetValue(RequestWatch.Key, out var watch))
            watch.Stop(wire);
        if (context.PlaintextStream is SslStream { RemoteCertificate: X509Certificate2 certificate } stream
            && _reviews.TryGetValue(stream, out var review))
        {
            var session = TlsSession.From(stream, certificate, review);
            var authority = AuthorityOf(context.InitialRequestMessage.RequestUri!);
            if (_asked.TryGetValue(stream, out _))
                _certificateAskers[authority] = true;
            // Servers ask at the first connection and some not again; that they ask is a fact about the server, not the connection.
            wire.Session = _sessions[authority] =
                session with { AsksForCertificate = session.AsksForCertificate || _certificateAskers.ContainsKey(authority) };
        }
        return wire;
    }

    /// <summary>Called before a handshake without the server's certificate, and in it if the server asks for one of the
    /// client.</summary>
    private X509Certificate ShowNoCertificate(object sender, string host, X509CertificateCollection certificates, X509Certificate? remote,
        string[] issuers)
    {
        if (remote is not null)
            _asked.AddOrUpdate(sender, sender);
        return null!;
    }

    private bool Accept(SslStream stream, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var review = CertificateReview.Of(certificate, chain, errors, stream.TargetHostName);
        _reviews.AddOrUpdate(stream, review);
        return review.Problem is null || _trust.AcceptAny
            ? true
            : throw new CertificateRefusedException(review.Problem, certificate is null ? null : TlsSession.From(certificate, review));
    }
}
