namespace GateAction.StandIns.GitHub;

/// <summary>How a request can go wrong.</summary>
internal enum FaultKind
{
    ServerError,
    BadGateway,
    Unavailable,
    TooManyRequests,
    PrimaryLimit,
    SecondaryLimit,
    ResetBeforeTheWrite,
    ResetAfterTheWrite,
    TimeoutBeforeTheWrite,
    TimeoutAfterTheWrite,
    MalformedJson,
    WrongContentType,
    BadCredentials,
    NotAccessible,
    NotFound,
}

/// <summary>A fault for the requests that match, as often as told.</summary>
internal sealed class Fault(FaultKind kind, Func<RecordedRequest, bool> matches, int times)
{
    private int _left = times;

    public FaultKind Kind { get; } = kind;

    public bool Takes(RecordedRequest request) => matches(request) && Interlocked.Decrement(ref _left) >= 0;
}
