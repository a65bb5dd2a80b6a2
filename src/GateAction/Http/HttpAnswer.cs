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
    /// <summary>True where the status is 200 to 299.</summary>
    public bool IsOk => Status is >= 200 and <= 299;
}
