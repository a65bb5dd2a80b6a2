using System.Net;

namespace GateAction.Http;

/// <summary>One request with the redirects it leads through.</summary>
internal sealed class HttpExchange(TrustedConnections connections, TimeProvider time, HttpCall call)
{
    private readonly List<Uri> _left = [];
    private readonly long _startedAt = time.GetTimestamp();
    private Uri _url = call.Url;
    private HttpMethod _method = call.Method;
    private byte[]? _body = call.Body;
    private IReadOnlyList<(string Name, string Value)> _headers = call.Headers;
    private TimeSpan _connect;
    private long? _received;

    private string Endpoint => $"{_url.Host}:{_url.Port}";

    public async Task<HttpAnswer> RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            using var request = CreateRequest();
            var connectTime = new ConnectTime(time);
            request.Options.Set(TrustedConnections.ConnectTimeKey, connectTime);
            _received = null;
            using var response = await connections.Invoker.SendAsync(request, cancellation);
            _received = 0;
            _connect += connectTime.Elapsed;
            if (call.MaxRedirects > 0 && HttpRedirect.TargetOf(response, _url) is { } target)
            {
                Follow(target, (int)response.StatusCode);
                continue;
            }
            var body = await HttpBody.ReadAsync(response.Content, call.KeepBytes, call.JsonUse, size => _received = size, cancellation);
            return new HttpAnswer(
                (int)response.StatusCode,
                response.Version,
                ResponseHeaders.Of(response),
                body,
                _url,
                _left,
                connections.SessionWith(_url),
                time.GetElapsedTime(_startedAt),
                _connect);
        }
    }

    public NetworkFault TimeoutFault() => Repeatable(new(
        _received is { } size
            ? $"the answer was not whole within {Seconds(call.Timeout)}: {size} bytes of the body came ({Endpoint})"
            : $"no answer within {Seconds(call.Timeout)} ({Endpoint})",
        isTransient: true,
        mayHaveActed: true));

    public NetworkFault Fault(Exception exception)
    {
        var fault = NetworkFaults.From(exception, Endpoint);
        return Repeatable(_received is > 0 and var size
            ? new($"{fault.Message} after {size} bytes of the body", fault.IsTransient, mayHaveActed: true, exception)
            : fault);
    }

    /// <summary>A request that may have been acted on is not sent again, unless sending it twice is the same as once.</summary>
    private NetworkFault Repeatable(NetworkFault fault) => !fault.IsTransient || !fault.MayHaveActed || call.IsIdempotent
        ? fault
        : new(fault.Message, isTransient: false, mayHaveActed: true, fault);

    private HttpRequestMessage CreateRequest()
    {
        var request = new HttpRequestMessage(_method, _url)
        {
            Version = call.Version ?? HttpVersion.Version20,
            VersionPolicy = call.Version is null ? HttpVersionPolicy.RequestVersionOrLower : HttpVersionPolicy.RequestVersionExact,
            Content = _body is null ? null : new ByteArrayContent(_body),
        };
        foreach (var (name, value) in _headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        if (!request.Headers.NonValidated.Contains("User-Agent"))
            request.Headers.TryAddWithoutValidation("User-Agent", "GateAction");
        return request;
    }

    private void Follow(Uri target, int status)
    {
        if (_left.Count == call.MaxRedirects)
            throw Refused($"more than {call.MaxRedirects} redirects, the last to {target.GetLeftPart(UriPartial.Path)}");
        if (_url.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps)
            throw Refused($"redirected from https to {target.Scheme} ({target.GetLeftPart(UriPartial.Path)}), which is not followed");
        if (!HttpRedirect.KeepsMethod(status, _method))
            (_method, _body) = (_method == HttpMethod.Head ? HttpMethod.Head : HttpMethod.Get, null);
        if (!HttpRedirect.IsSameOrigin(_url, target))
        {
            if (_body is not null)
                throw Refused($"redirected to another host with the body of the request ({target.GetLeftPart(UriPartial.Authority)}), which is not followed");
            _headers = [];
        }
        _left.Add(_url);
        _url = target;
    }

    private static NetworkFault Refused(string message) => new(message, isTransient: false, mayHaveActed: true);

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.###} s";
}
