using System.Collections.Concurrent;
using GateAction.Cel.Values;

namespace GateAction.Http;

/// <summary>Sends requests for probes: bounded, within a time, redirects followed by hand, bodies capped.</summary>
internal sealed class HttpAccess(ConcurrencyLimits limits, TimeProvider time) : IDisposable
{
    private readonly HttpConnections _connections = new(time);
    private readonly Lazy<Task> _warmUp = new(HttpWarmUp.BeginAsync);

    /// <summary>Told of each request when it is over, if somebody wants to know; what it says is not masked.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>For what opens connections of its own: WebSockets.</summary>
    public async Task<TrustedConnections> OpenAsync(TlsTrust trust, UnixSocket? socket = null)
    {
        await _warmUp.Value;
        return _connections.For(trust, socket);
    }

    /// <summary>Throws <see cref="NetworkException"/> if there is no whole answer; an answer of any status is one.</summary>
    public async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellation)
    {
        await _warmUp.Value;
        // Before the timeout and the clock start: to wait for the gate's own other requests is not the server's latency.
        using var place = await limits.EnterAsync(call.Url.Authority, cancellation);
        using var timeout = new CancellationTokenSource(call.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var exchange = new HttpExchange(_connections, time, call);
        var start = time.GetTimestamp();
        try
        {
            var answer = await exchange.RunAsync(either.Token);
            Tell($"{answer.Status}");
            return answer;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Told(exchange.TimeoutFault());
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or NetworkException)
        {
            throw Told(exchange.Fault(exception));
        }

        NetworkException Told(NetworkException fault)
        {
            Tell(fault.Message);
            return fault;
        }

        // A query may hold what a masked fact said.
        void Tell(string outcome) => Trace?.Invoke(
            $"  {call.Method} {call.Url.GetLeftPart(UriPartial.Path)}{(call.Url.Query.Length > 1 ? "?…" : "")}: {outcome}, "
            + UnitText.Duration(time.GetElapsedTime(start)));
    }

    public void Dispose() => _connections.Dispose();
}

/// <summary>Open connections, shared by all probes of a run that trust alike and show the same certificate.</summary>
internal sealed class HttpConnections(TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(TlsTrust Trust, UnixSocket? Socket), TrustedConnections> _open = new();

    /// <summary>True if the proxy of the environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>) is used.</summary>
    public bool UsesProxy { get; init; } = true;

    public TrustedConnections For(TlsTrust trust, UnixSocket? socket = null) =>
        _open.GetOrAdd((trust, socket), _ => new TrustedConnections(trust, socket, UsesProxy, time));

    public void Dispose()
    {
        foreach (var connections in _open.Values)
            connections.Dispose();
    }
}
