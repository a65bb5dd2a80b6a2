using GateAction.Manifests.Syntax;

namespace GateAction.Probes;

/// <summary>How a request to a service of one's own is authorized besides its headers.</summary>
internal enum ServiceAuth
{
    None,

    /// <summary>An ID token of Google for the service's own URL: what a private Cloud Run service wants.</summary>
    GoogleIdToken,
}

/// <summary>The field <c>auth</c> of the kinds that ask a service, and the header it stands for.</summary>
internal static class ServiceAuths
{
    public static ServiceAuth Read(Fields fields) => fields.Optional(
        "auth",
        Syntaxes.EnumOf(("none", ServiceAuth.None), ("google-id-token", ServiceAuth.GoogleIdToken)),
        ServiceAuth.None,
        "'google-id-token' sends an ID token of Google for the URL's host, as private Cloud Run services want it");

    /// <summary>The headers with the token added, and without another <c>Authorization</c>. Throws <see cref="NoEvidenceException"/> where there is no token.</summary>
    public static async Task<IReadOnlyList<(string Name, string Value)>> AuthorizeAsync(
        this ServiceAuth auth,
        IReadOnlyList<(string Name, string Value)> headers,
        Uri url,
        ProbeContext context,
        TimeSpan timeout,
        CancellationToken cancellation)
    {
        if (auth == ServiceAuth.None)
            return headers;
        var token = await context.GoogleIdTokenAsync(AudienceOf(url), timeout, cancellation);
        return [.. headers.Where(header => !header.Name.Equals("authorization", StringComparison.OrdinalIgnoreCase)), ("Authorization", $"Bearer {token}")];
    }

    // A token is a credential: over an open line only a machine may be asked that is this one.
    private static string AudienceOf(Uri url)
    {
        var isSecure = url.Scheme is "https" or "wss" || url.IsLoopback;
        return isSecure
            ? $"{(url.Scheme is "ws" ? "http" : url.Scheme is "wss" ? "https" : url.Scheme)}://{url.Authority}"
            : throw new NoEvidenceException($"was not measured: an ID token is not sent over plain HTTP; write the URL with {(url.Scheme == "ws" ? "wss" : "https")}");
    }
}
