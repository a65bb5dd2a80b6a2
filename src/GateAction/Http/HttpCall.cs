using GateAction.Cel;

namespace GateAction.Http;

/// <summary>A request as the manifest describes it, with everything expanded.</summary>
/// <param name="Version">Null takes what the server offers: HTTP/2 over TLS, else 1.1.</param>
/// <param name="MaxRedirects">0 takes a redirect as the answer.</param>
/// <param name="KeepBytes">How much of the body is kept; see <see cref="HttpBody.ReadAsync"/>.</param>
internal sealed record HttpCall(
    HttpMethod Method,
    Uri Url,
    IReadOnlyList<(string Name, string Value)> Headers,
    byte[]? Body,
    Version? Version,
    TlsTrust Trust,
    int MaxRedirects,
    TimeSpan Timeout,
    int KeepBytes = HttpBody.MaxBytes)
{
    /// <summary>What is read of a body that is JSON; it is kept also of a body too large to be kept itself. Null if none of it
    /// is.</summary>
    public FactUse? JsonUse { get; init; }

    /// <summary>Keeps the cookies of answers for the next request; null drops them.</summary>
    public CookieJar? Cookies { get; init; }

    /// <summary>Where the server listens; null for one that is reached over the network.</summary>
    public UnixSocket? Socket { get; init; }

    /// <summary>True if sending it twice does what sending it once does (RFC 9110, 9.2.2).</summary>
    public bool IsIdempotent => Method != HttpMethod.Post && Method != HttpMethod.Patch && Method != HttpMethod.Connect;
}

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
    /// <summary>The proxy that it came through; null if there was none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Names of the cookies that redirects set and that were not sent along.</summary>
    public IReadOnlyList<string> DroppedCookies { get; init; } = [];

    /// <summary>Names of the cookies that were not sent because they are for https alone.</summary>
    public IReadOnlyCollection<string> WithheldCookies { get; init; } = [];

    /// <summary>True if the status is 200 to 299.</summary>
    public bool IsOk => Status is >= 200 and <= 299;
}
