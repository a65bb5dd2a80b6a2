using System.Net;
using GateAction.Cel.Values;

namespace GateAction.Http;

/// <summary>One request with the redirects it leads through.</summary>
internal sealed class HttpExchange(HttpConnections open, TimeProvider time, HttpCall call)
{
    private readonly List<Uri> _left = [];
    private readonly RedirectCookies _cookies = new(call.Cookies);
    private readonly long _startedAt = time.GetTimestamp();
    private TrustedConnections _connections = open.For(call.Trust, call.Socket);
    private UnixSocket? _socket = call.Socket;
    private Uri _url = call.Url;
    private HttpMethod _method = call.Method;
    private byte[]? _body = call.Body;
    private IReadOnlyList<(string Name, string Value)> _headers = call.Headers;
    private RequestWatch _watch = new(time);
    private TimeSpan _connect;
    private long? _received;
    private bool _keepsOut;

    private string Endpoint =>
        _socket is not null ? $"{_socket}"
        : _connections.ProxyFor(_url) is { } proxy ? $"{_url.Host}:{_url.Port} through the proxy {proxy.Host}:{proxy.Port}"
        : $"{_url.Host}:{_url.Port}";

    public async Task<HttpAnswer> RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            using var request = CreateRequest();
            _watch = new RequestWatch(time);
            _watch.Attach(request);
            _received = null;
            using var response = await _connections.Invoker.SendAsync(request, cancellation);
            _received = 0;
            _connect += _watch.Connect;
            _cookies.Take(response, _url);
            if (call.MaxRedirects > 0 && HttpRedirect.TargetOf(response, _url) is { } target)
            {
                Follow(target, (int)response.StatusCode);
                if (_keepsOut && await LinkLocal.IsAsync(_url, cancellation))
                    throw Refused(HttpRedirect.LeadsInside(_url.Host));
                continue;
            }
            return new HttpAnswer(
                (int)response.StatusCode,
                response.Version,
                ResponseHeaders.Of(response),
                await ReadBodyAsync(response, cancellation),
                _url,
                _left,
                _watch.Wire?.Session ?? _connections.SessionWith(_url),
                time.GetElapsedTime(_startedAt),
                _connect)
            {
                Proxy = _connections.ProxyFor(_url),
                DroppedCookies = _left.Count > 0 ? _cookies.Dropped : [],
                WithheldCookies = _cookies.Withheld,
            };
        }
    }

    public NetworkException TimeoutFault() => Repeatable(new(
        _received is { } size
            ? $"the answer was not whole within {UnitText.Duration(call.Timeout)}: {size} bytes of the body came ({Endpoint})"
            : $"no answer within {UnitText.Duration(call.Timeout)} ({Endpoint})",
        isTransient: true,
        mayHaveActed: true));

    public NetworkException Fault(Exception exception)
    {
        var fault = NetworkFaults.From(exception, Endpoint);
        // Before what .NET says: it tells of a frame that it could not read, which helps nobody.
        if (!fault.IsHangUp && WrongProtocol() is { } reason)
            return new($"{reason} ({Endpoint})", isTransient: false, mayHaveActed: false, exception);
        // Once an answer has begun only a hang-up can still be about TLS: a refusal of a certificate comes before the first byte.
        if (_connections.TlsFaultOf(_url, exception, Endpoint) is { } inTls && (_received is null || !inTls.IsHangUp))
            return Repeatable(inTls);
        return Repeatable(_received is > 0 and var size && exception is not NetworkException
            ? new($"{fault.Message} after {size} bytes of the body", fault.IsTransient, mayHaveActed: true, exception)
            : fault);
    }

    private async Task<HttpBody> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var hasBody = MessageLength.HasBody(response);
        var announced = hasBody ? MessageLength.Announced(response, Endpoint) : null;
        var body = await HttpBody.ReadAsync(response.Content, call.KeepBytes, call.JsonUse, size => _received = size, cancellation);
        if (!hasBody)
            return body with { Problem = null };
        // Nothing was read beyond the limit, so nothing can be said about the length.
        if (body.IsCut)
            return body;
        MessageLength.Check(announced, body.Received, Endpoint);
        var isChunked = response.Headers.TransferEncodingChunked == true;
        if (announced is null && !isChunked && response.Version.Major == 1 && _watch.Wire?.MayBeCut == true)
            throw new NetworkException(
                $"the answer says no length, and the connection ended without TLS's own end (close_notify), so a part of "
                + $"it may be missing ({Endpoint})", isTransient: true, mayHaveActed: true);
        // .NET stops reading at the length that was announced; that more came only the connection below it has seen.
        if (announced is { } length && !isChunked && _watch.Wire?.HasMoreThan(_watch, length) == true)
            MessageLength.Check(announced, length + 1, Endpoint);
        return body;
    }

    /// <summary>What to say if the server speaks another version of HTTP than it was spoken to in; null if it does not.</summary>
    private string? WrongProtocol() => _watch.Wire switch
    {
        { SpeaksHttp2: true } when call.Version is not { Major: 2 } && _url.Scheme == Uri.UriSchemeHttp =>
            "the server speaks HTTP/2 without TLS, and was spoken to in HTTP/1.1; write `http-version: \"2\"`",
        { SpeaksHttp1: true } when call.Version is { Major: 2 } =>
            "the server speaks HTTP/1.1, and was spoken to in HTTP/2; leave out `http-version: \"2\"`",
        { IsSilent: true } when call.Version is { Major: 2 } && _url.Scheme == Uri.UriSchemeHttp && _received is null =>
            "the connection was closed without an answer in HTTP/2; where the server speaks only HTTP/1.1, leave out `http-version: \"2\"`",
        _ => null,
    };

    /// <summary>A request that may have been acted on is not sent again, unless sending it twice is the same as once.</summary>
    private NetworkException Repeatable(NetworkException fault) => !fault.IsTransient || !fault.MayHaveActed || call.IsIdempotent
        ? fault
        : new(fault.Message, isTransient: false, mayHaveActed: true, fault);

    private HttpRequestMessage CreateRequest()
    {
        var request = new HttpRequestMessage(_method, _url)
        {
            Version = call.Version ?? HttpVersion.Version20,
            // Over TLS both sides choose (ALPN); without TLS .NET speaks 1.1 then, because nothing tells whether the server knows HTTP/2.
            VersionPolicy = call.Version is null ? HttpVersionPolicy.RequestVersionOrLower : HttpVersionPolicy.RequestVersionExact,
            Content = _body is null ? null : new ByteArrayContent(_body),
        };
        foreach (var (name, value) in _headers)
        {
            // Content-Type and its like are refused there: .NET keeps the headers of a body with the body.
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        foreach (var (name, value) in new[] { ("User-Agent", "GateAction"), ("Accept-Encoding", ContentCodings.Offered) })
        {
            if (!request.Headers.NonValidated.Contains(name))
                request.Headers.TryAddWithoutValidation(name, value);
        }
        if (_keepsOut)
            request.Options.Set(HttpRedirect.KeepsOut, true);
        _cookies.Give(request, _url);
        return request;
    }

    private void Follow(Uri target, int status)
    {
        // The hint about cookies: a page that sets one and sends the client back to itself is the usual reason for a circle.
        if (_left.Count == call.MaxRedirects)
            throw Refused($"more than {call.MaxRedirects} redirects, the last to {target.GetLeftPart(UriPartial.Path)}{_cookies.Hint}");
        if (_url.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps)
            throw Refused($"redirected from https to {target.Scheme} ({target.GetLeftPart(UriPartial.Path)}), which is not followed");
        if (!HttpRedirect.KeepsMethod(status, _method))
            (_method, _body) = (_method == HttpMethod.Head ? HttpMethod.Head : HttpMethod.Get, null);
        if (!HttpRedirect.IsSameOrigin(_url, target))
        {
            if (_body is not null)
                throw Refused(
                    $"redirected to another host with the body of the request ({target.GetLeftPart(UriPartial.Authority)}), which is not "
                    + "followed");
            // A certificate and a socket of the file system are for the server that the manifest names, too.
            (_headers, _connections, _socket) = ([], open.For(call.Trust.ForOthers), null);
        }
        // Whoever wrote such an address into the manifest means it.
        _keepsOut = !LinkLocal.Is(call.Url) && !target.IdnHost.Equals(call.Url.IdnHost, StringComparison.OrdinalIgnoreCase);
        _left.Add(_url);
        _url = target;
    }

    private static NetworkException Refused(string message) => new(message, isTransient: false, mayHaveActed: true);
}

/// <summary>The rules of redirects (RFC 9110, 15.4).</summary>
internal static class HttpRedirect
{
    /// <summary>Set for a request that a server asked for: it does not go to an address of the machine's own surroundings.</summary>
    public static readonly HttpRequestOptionsKey<bool> KeepsOut = new("keeps-out");

    public static string LeadsInside(string host) =>
        $"redirected to '{host}', an address of the machine's own surroundings (link-local or a cloud's metadata), which is not followed; "
        + "if that is meant, write the address itself into the manifest";

    /// <summary>Where an answer leads; null if it is not a redirect, or names no place to go.</summary>
    public static Uri? TargetOf(HttpResponseMessage response, Uri from)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            return null;
        var target = location.IsAbsoluteUri ? location : new Uri(from, location);
        return target.Scheme == Uri.UriSchemeHttp || target.Scheme == Uri.UriSchemeHttps
            ? target
            : throw new NetworkException($"redirected to '{target.Scheme}:', which is not followed", isTransient: false,
            mayHaveActed: true);
    }

    /// <summary>307 and 308 keep method and body; the others turn what is not a GET or HEAD into a GET, as browsers do.</summary>
    public static bool KeepsMethod(int status, HttpMethod method) =>
        status is 307 or 308 || method == HttpMethod.Get || (method == HttpMethod.Head && status != 303);

    public static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);
}
