namespace GateAction.Http;

/// <summary>How long opening the connection for one request took: name, TCP and TLS. Zero where an open one was used.</summary>
internal sealed class ConnectTime(TimeProvider time)
{
    private long _startedAt;

    public TimeSpan Elapsed { get; private set; }

    public void Start() => _startedAt = time.GetTimestamp();

    public void Stop() => Elapsed = time.GetElapsedTime(_startedAt);
}
