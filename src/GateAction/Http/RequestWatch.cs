namespace GateAction.Http;

/// <summary>What is seen of one request on its way: how long opening a connection for it took (zero where an open one was used), and the
/// connection itself.</summary>
internal sealed class RequestWatch(TimeProvider time)
{
    public static readonly HttpRequestOptionsKey<RequestWatch> Key = new("gate.watch");
    private static readonly AsyncLocal<RequestWatch?> Ambient = new();
    private long _startedAt;

    /// <summary>The request that is sent in this flow of control. Connections are pooled: which one carries a request is known only where
    /// it is written.</summary>
    public static RequestWatch? Current => Ambient.Value;

    public TimeSpan Connect { get; private set; }

    public WireStream? Wire { get; set; }

    public void Attach(HttpRequestMessage request)
    {
        request.Options.Set(Key, this);
        Ambient.Value = this;
    }

    public void Start() => _startedAt = time.GetTimestamp();

    public void Stop(WireStream wire) => (Connect, Wire) = (time.GetElapsedTime(_startedAt), wire);
}
