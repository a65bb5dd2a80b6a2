using System.Collections.Concurrent;
using System.Net;
using GateAction.Http;
using GateAction.Syntax;

namespace GateAction.Sources.OAuth;

/// <summary>
/// A client of an OAuth 2.0 server that logs in as itself (RFC 6749, 4.4). Its token is kept for the run and for one server, until shortly
/// before it ends, and no other server is sent it.
/// </summary>
/// <param name="SendsInBody">True for <c>client_secret_post</c>, false for <c>client_secret_basic</c> (RFC 6749, 2.3.1).</param>
/// <param name="More">Further fields of the request for a token, such as <c>audience</c>.</param>
/// <param name="AuthorityFile">As <c>ca</c> of the probe, for the server that gives tokens.</param>
internal sealed record OAuthClient(
    Template TokenUrl,
    Template Id,
    Template Secret,
    IReadOnlyList<Template> Scopes,
    bool SendsInBody,
    IReadOnlyList<Entry<Template>> More,
    string? AuthorityFile) : ServiceLogin
{
    private static readonly string[] OwnFields = ["grant_type", "client_id", "client_secret", "scope"];

    private static Syntax<OAuthClient> Client { get; } = Mapping.Of("oauth", fields => new OAuthClient(
        fields.Required("token-url", Syntaxes.Url("http", "https"), "where tokens are given: https://login.example.com/oauth/token"),
        fields.Required("client-id", Syntaxes.Template, "the client's name there"),
        fields.Required("client-secret", Syntaxes.Template,
        "its secret, best ${NAME} of a variable under `secrets`; it is masked everywhere"),
        fields.Optional("scopes", Syntaxes.OneOrMany(Syntaxes.Template), [], "what the token is to be good for"),
        fields.Optional("client-auth", Syntaxes.EnumOf(("basic", false), ("post", true)), false,
            "how the client shows its secret: 'basic' in a header (client_secret_basic), 'post' in the form (client_secret_post)"),
        fields.Optional("form", Syntaxes.MapOf(Syntaxes.Text.Unless(ObjectToField), Syntaxes.Template), [],
            "further fields of the request for a token: audience, resource"),
        fields.Optional("ca", Syntaxes.Text, "a PEM file with the authorities to trust there in place of the machine's")));

    /// <summary>The value of the field <c>auth</c>: <c>{ oauth: { … } }</c>.</summary>
    public static readonly Syntax<ServiceLogin> Syntax = Mapping.Of<ServiceLogin>("auth", fields =>
        fields.Required("oauth", Client, "logs in as a client of an OAuth 2.0 server, with the grant `client_credentials`"));

    protected override async Task<string?> AuthorizationAsync(Uri url, ProbeContext context, TimeSpan timeout,
        CancellationToken cancellation)
    {
        // Before any token is asked for: one that cannot be sent need not be made.
        OpenLine.Refuse(url, "a token");
        var request = In(context);
        OpenLine.Refuse(request.Url, "a client's secret");
        var slot = context.Share.Of(() => new Slots()).GetOrAdd((request.Identity, url.Authority), _ => new OAuthToken());
        return $"Bearer {await slot.GetAsync(request, context, timeout, cancellation)}";
    }

    private OAuthRequest In(ProbeContext context) => new(
        context.ExpandUrl(TokenUrl),
        context.Expand(Id),
        context.Expand(Secret),
        SendsInBody,
        [
            ("grant_type", "client_credentials"),
            .. Scopes.Count == 0 ? Array.Empty<(string, string)>() : [("scope", string.Join(' ', Scopes.Select(context.Expand)))],
            .. More.Select(field => (field.Key, context.Expand(field.Value))),
        ],
        new TlsTrust(false, AuthorityFile is null ? null : ServerTrust.AuthoritiesIn(AuthorityFile, context.Shell)));

    private static string? ObjectToField(string name) => OwnFields.Contains(name)
        ? $"'{name}' is sent by itself; write it under {(name == "scope" ? "'scopes'" : "its own name")}"
        : null;

    private sealed class Slots : ConcurrentDictionary<(string Identity, string Server), OAuthToken>;
}

/// <summary>Lines over which no secret is sent: plain http to a server that may be anywhere.</summary>
internal static class OpenLine
{
    private static readonly string[] Inside = [".internal", ".local", ".localhost", ".svc"];

    /// <summary>Throws <see cref="NoEvidenceException"/> for http to another place than this machine, a private network, or a container by
    /// its name.</summary>
    /// <param name="what">What would be sent: <c>a token</c>.</param>
    public static void Refuse(Uri url, string what)
    {
        if (url.Scheme is "http" or "ws" && !IsInside(url))
            throw new NoEvidenceException(
                $"was not measured: {what} is not sent over an open line ({url.Scheme}://{url.Authority}); write the URL with "
                + $"{url.Scheme}s");
    }

    private static bool IsInside(Uri url) =>
        url.IsLoopback
        || (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address)
            ? IsPrivate(address)
            // Docker and Kubernetes name containers and services by one word; a name of the internet has a dot.
            : !url.IdnHost.TrimEnd('.').Contains('.')
            || Inside.Any(end => url.IdnHost.TrimEnd('.').EndsWith(end, StringComparison.OrdinalIgnoreCase)));

    private static bool IsPrivate(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes()
        // RFC 1918 and, of IPv6, RFC 4193: with more than four bytes, or 252.0.0.0 of IPv4 would be taken for fc00::.
        is [10, _, _, _] or [172, >= 16 and <= 31, _, _] or [192, 168, _, _] or [0xFC or 0xFD, _, _, _, _, ..];
}
