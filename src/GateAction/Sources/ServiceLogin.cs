using GateAction.Http;
using GateAction.Sources.Google;
using GateAction.Sources.OAuth;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>How a probe makes itself known to a service that is not open to everybody: what its header <c>Authorization</c>
/// holds.</summary>
internal abstract record ServiceLogin
{
    public static readonly ServiceLogin None = new NoLogin();

    /// <summary>The field <c>auth</c> of what asks a service, with an ID token of Google among the ways.</summary>
    public static ServiceLogin Read(Fields fields)
    {
        var login = ReadAuth(fields, ("google-id-token", new GoogleIdToken(null)),
            "'google-id-token' logs in to a private Cloud Run service with the job's Google credentials, 'oauth' with a client of an "
            + "OAuth 2.0 server");
        var audience = fields.Optional("audience", Syntaxes.Template,
            "whom the ID token is for, where the service is asked under another name than its own");
        fields.Check(audience is null || login is GoogleIdToken, "audience", "an audience needs 'auth: google-id-token'");
        return login is GoogleIdToken ? new GoogleIdToken(audience) : login;
    }

    /// <summary>The field <c>auth</c> of what asks an API, with a token of Google for it among the ways.</summary>
    /// <param name="scope">The end of the scope's URL.</param>
    public static ServiceLogin ReadForApi(Fields fields, string scope, string description) =>
        ReadAuth(fields, ("google", new GoogleAccess(scope)), description);

    private static ServiceLogin ReadAuth(Fields fields, (string Word, ServiceLogin Login) google, string description)
    {
        var login = fields.Optional("auth",
            Syntaxes.Either(Syntaxes.EnumOf<ServiceLogin>(("none", None), google), OAuthClient.Syntax), None, description);
        fields.Check(login is NoLogin || !fields.Has("basic-auth"), "auth", "'basic-auth' is given too; one way to log in is accepted");
        return login;
    }

    /// <summary>The headers of one request: those of the manifest, and the login in place of their <c>Authorization</c>.</summary>
    /// <param name="home">The server that the probe is about; no other is logged in to.</param>
    public async Task<IReadOnlyList<(string Name, string Value)>> HeadersAsync(Uri url, Uri home, RequestHeaders headers,
        ProbeContext context, TimeSpan timeout, CancellationToken cancellation)
    {
        var own = headers.For(url, home, context);
        // A document that a probe is led to, a schema at another address for instance, gets no token.
        if (!HttpRedirect.IsSameOrigin(url, home)
            || await AuthorizationAsync(url, context, timeout, cancellation) is not { } authorization)
            return own;
        return [("Authorization", authorization),
            .. own.Where(header => !header.Name.Equals("authorization", StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>Null if there is nothing to log in with.</summary>
    protected abstract Task<string?> AuthorizationAsync(Uri url, ProbeContext context, TimeSpan timeout, CancellationToken cancellation);

    private sealed record NoLogin : ServiceLogin
    {
        protected override Task<string?> AuthorizationAsync(Uri url, ProbeContext context, TimeSpan timeout,
            CancellationToken cancellation) => Task.FromResult<string?>(null);
    }

    /// <param name="Audience">Whom the ID token is for; null for the service that is asked.</param>
    private sealed record GoogleIdToken(Template? Audience) : ServiceLogin
    {
        protected override async Task<string?> AuthorizationAsync(Uri url, ProbeContext context, TimeSpan timeout,
            CancellationToken cancellation)
        {
            if (!url.IsLoopback && url.Scheme is ("http" or "ws"))
                throw new NoEvidenceException("was not measured: an ID token is not sent over an open line; write the URL with https");
            var audience = Audience is null ? AudienceOf(url) : context.Expand(Audience);
            return $"Bearer {await GoogleTokens.IdTokenAsync(context, audience, timeout, cancellation)}";
        }

        private static string AudienceOf(Uri url) =>
            // Cloud Run knows its services by https, also where a WebSocket is asked for.
            $"{url.Scheme switch { "wss" => "https", "ws" => "http", var scheme => scheme }}://{url.Authority}";
    }

    private sealed record GoogleAccess(string Scope) : ServiceLogin
    {
        protected override async Task<string?> AuthorizationAsync(Uri url, ProbeContext context, TimeSpan timeout,
            CancellationToken cancellation)
        {
            if (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
                throw new NoEvidenceException("was not measured: a token of Google is not sent over an open line; write 'url' with https");
            return $"Bearer {await GoogleTokens.AccessTokenAsync(context, Scope, timeout, cancellation)}";
        }
    }
}
