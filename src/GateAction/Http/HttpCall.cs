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
    /// <summary>What is read of a body that is JSON; it is kept also of a body too large to be kept itself. Null where none of it
    /// is.</summary>
    public FactUse? JsonUse { get; init; }

    /// <summary>Keeps the cookies of answers for the next request; null drops them.</summary>
    public CookieJar? Cookies { get; init; }

    /// <summary>Where the server listens; null for one that is reached over the network.</summary>
    public UnixSocket? Socket { get; init; }

    /// <summary>True where sending it twice does what sending it once does (RFC 9110, 9.2.2).</summary>
    public bool IsIdempotent => Method != HttpMethod.Post && Method != HttpMethod.Patch && Method != HttpMethod.Connect;
}
