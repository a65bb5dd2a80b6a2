namespace GateAction.Http;

/// <summary>A whole answer, of any status.</summary>
/// <param name="Headers">By name in lower case.</param>
/// <param name="Url">Where the answer came from, after redirects.</param>
/// <param name="Redirects">The URLs that were left, in order.</param>
/// <param name="Latency">From the start of the request to the last byte of the answer: opening a connection and redirects included.</param>
/// <param name="Connect">The part of it that went into opening connections.</param>
internal sealed record HttpAnswer(
    int Status,
    Version Version,
    IReadOnlyDictionary<string, string> Headers,
    HttpBody Body,
    Uri Url,
    IReadOnlyList<Uri> Redirects,
    TlsSession? Tls,
    TimeSpan Latency,
    TimeSpan Connect)
{
    /// <summary>The proxy that it came through; null where there was none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Names of the cookies that redirects set and that were not sent along.</summary>
    public IReadOnlyList<string> DroppedCookies { get; init; } = [];

    /// <summary>Names of the cookies that were not sent because they are for https alone.</summary>
    public IReadOnlyCollection<string> WithheldCookies { get; init; } = [];

    /// <summary>True where the status is 200 to 299.</summary>
    public bool IsOk => Status is >= 200 and <= 299;
}
