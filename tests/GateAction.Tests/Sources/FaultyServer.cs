using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources;

/// <summary>A server over real sockets with one fault, and the list of all of them.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    /// <summary>Faults below HTTP, which any protocol over TCP can meet.</summary>
    public static readonly IReadOnlyList<string> OfSockets =
        ["refused", "reset", "reset in the body", "closed without a byte", "closed in the body", "not HTTP", "endless headers",
        "never answers"];

    /// <summary>Faults of an HTTP server: paths of the stand-in, a certificate, or a body that stands there in place of the
    /// answer.</summary>
    public static readonly IReadOnlyList<string> OfHttp =
    [
        "/chaos/hang", "/chaos/hang-in-body", "/chaos/drip", "/chaos/status/500", "/chaos/status/404", "/chaos/busy",
        "/chaos/truncated-json", "/chaos/twice-json", "/chaos/nan-json",
        "/chaos/html-as-json", "/chaos/json-as-html", "/chaos/unknown-charset", "/chaos/latin-1-as-utf-8", "/chaos/empty-body",
        "/chaos/huge", "/chaos/bomb/gzip",
        "/chaos/bomb/br", "/chaos/damaged-gzip", "/redirect/loop", "/redirect/to?url=OTHER", "/redirect/to?status=307&url=OTHER",
        "expired certificate", "{}", "[]", "null", "{\"entries\": 7}",
        // What is nearly an answer of Prometheus, and nearly an OpenAPI document.
        """{"status":"success","data":{"resultType":"vector","result":[]}}""",
        """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1806480000,"NaN"]}]}}""",
        """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1806480000]}]}}""",
        """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[]}]}}""",
        """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"histogram":[1,{}]}]}}""",
        """{"status":"error","errorType":"timeout","error":"query timed out"}""",
        """{"openapi":"3.1.0"}""", """{"openapi":"4.0.0","paths":{}}""", """{"swagger":"1.2","apis":[]}""",
        """{"asyncapi":"2.0.0","channels":{}}""",
        .. HttpFault.All.Select(fault => fault.Name),
    ];

    /// <summary>A second for those that end with the deadline alone. All others have time: they end by themselves, on a busy machine
    /// too.</summary>
    public static TimeSpan PatienceWith(string fault) =>
        TimeSpan.FromSeconds(fault is "never answers" or "/chaos/hang" or "/chaos/hang-in-body" or "/chaos/drip" ? 1 : 30);

    private readonly Func<ValueTask> _stop;

    private FaultyServer(Uri url, Func<ValueTask> stop) => (Url, _stop) = (url, stop);

    public Uri Url { get; }

    /// <param name="other">The server that a redirect leads to.</param>
    public static async Task<FaultyServer> StartAsync(string fault, Uri other)
    {
        Break? broken = fault switch
        {
            "reset" => Break.Reset,
            "reset in the body" => Break.ResetInBody,
            "closed without a byte" => Break.Empty,
            "closed in the body" => Break.ShortBody,
            "not HTTP" => Break.Garbage,
            "endless headers" => Break.EndlessHeaders,
            "never answers" => Break.Silent,
            _ => null,
        };
        if (broken is { } how)
        {
            var socket = new ChaosSocket(how);
            return new(socket.Url, () => Stop(socket));
        }
        if (WebSocketFault.Find(fault) is { } frames)
        {
            var socket = new DeafWebSocket(then: frames.PlayAsync);
            return new(socket.Url, () => Stop(socket));
        }
        if (HttpFault.Find(fault) is { } wire)
        {
            var server = new WireServer(wire.ServeAsync);
            return new(server.Url, () => Stop(server));
        }
        if (fault is "refused" or "expired certificate")
        {
            using var certificates = new Certificates(TimeProvider.System);
            var state = new StagingState(fault == "refused" ? Scenario.Unreachable : Scenario.Healthy, "0");
            var staging = await StagingServer.StartAsync(state, certificates.Expired());
            return new(staging.Url, staging.DisposeAsync);
        }
        var front = fault[0] == '/'
            ? await ChaosFront.StartAsync(fault.Replace("OTHER", $"{other}echo"))
            : await ChaosFront.StartAsync(null, fault);
        return new(front.Url, front.DisposeAsync);
    }

    public ValueTask DisposeAsync() => _stop();

    private static ValueTask Stop(IDisposable server)
    {
        server.Dispose();
        return default;
    }
}
