using GateAction.Sources.Google;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>How a probe makes itself known to a private service.</summary>
/// <param name="Audience">Whom the ID token is for; null for the service that is asked.</param>
internal sealed record ServiceLogin(bool UsesGoogleIdToken, Template? Audience)
{
    public static ServiceLogin Read(Fields fields)
    {
        var login = new ServiceLogin(
            fields.Optional("auth", Syntaxes.EnumOf(("none", false), ("google-id-token", true)), false,
            "google-id-token logs in to a private Cloud Run service with the job's Google credentials"),
            fields.Optional("audience", Syntaxes.Template,
            "whom the ID token is for, where the service is asked under another name than its own"));
        fields.Check(login.Audience is null || login.UsesGoogleIdToken, "audience", "an audience needs 'auth: google-id-token'");
        return login;
    }

    /// <summary>The header that carries it; none where nothing is asked for.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> HeadersAsync(Uri url, ProbeContext context, TimeSpan timeout,
        CancellationToken cancellation)
    {
        if (!UsesGoogleIdToken)
            return [];
        if (!url.IsLoopback && url.Scheme is ("http" or "ws"))
            throw new NoEvidenceException("was not measured: an ID token is not sent over an open line; write the URL with https");
        var audience = Audience is null ? AudienceOf(url) : context.Expand(Audience);
        return [("Authorization", $"Bearer {await GoogleTokens.IdTokenAsync(context, audience, timeout, cancellation)}")];
    }

    private static string AudienceOf(Uri url) =>
        $"{url.Scheme switch { "wss" => "https", "ws" => "http", var scheme => scheme }}://{url.Authority}";
}
