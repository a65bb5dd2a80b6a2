using System.Net;
using GateAction.Surroundings;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace GateAction.Sources.Google;

/// <summary>The credentials of a run.</summary>
/// <param name="federated">A workload identity itself if <paramref name="credential"/> is a service account that it acts as; else
/// null.</param>
/// <param name="server">Set if the credential is the machine's; else null.</param>
/// <param name="origin">Where the credentials come from, for messages.</param>
internal sealed class GoogleLogin(
    GoogleCredential credential, GoogleCredential? federated, GoogleMetadataServer? server, string origin, TimeProvider time)
{
    private const string CloudPlatform = "https://www.googleapis.com/auth/cloud-platform";

    /// <summary>Application default credentials: a file of any type, else the metadata server of the machine.</summary>
    public static async Task<GoogleLogin> FindAsync(Shell shell, Secrets secrets)
    {
        if (GoogleCredentialFile.Find(shell) is { } file)
        {
            var (credential, federated) = await GoogleCredentialReader.ReadAsync(file, shell, secrets);
            return new(credential, federated, null, $"{file.Origin} ('{file.Path}')", shell.Time);
        }
        if (await GoogleMetadataServer.FindAsync(shell) is { } server)
            return new(server.CreateCredential(), null, server, "the metadata server", shell.Time);
        throw new GoogleException(
            "there are no Google credentials: run google-github-actions/auth before the gate, or set GOOGLE_APPLICATION_CREDENTIALS to a "
            + "credentials file");
    }

    public async Task<string> AccessTokenAsync(string scope, CancellationToken cancellation)
    {
        try
        {
            // A federated identity gets its rights from IAM; without the broad scope the exchange for a service account is refused.
            var isFederated = credential.UnderlyingCredential is ExternalAccountCredential;
            var scoped = (ITokenAccess)credential.CreateScoped(isFederated ? CloudPlatform : scope);
            return await scoped.GetAccessTokenForRequestAsync(cancellationToken: cancellation);
        }
        catch (Exception exception) when (GoogleLoginFaults.Explain(exception, origin) is { } message)
        {
            throw new GoogleException(message, exception);
        }
    }

    public async Task<string> IdTokenAsync(string audience, CancellationToken cancellation)
    {
        if (server is not null)
            return await server.IdTokenAsync(audience, cancellation);
        if (credential.UnderlyingCredential is ExternalAccountCredential external)
            return await FederatedIdTokenAsync(external, audience, cancellation);
        if (credential.UnderlyingCredential is not IOidcTokenProvider)
            throw new GoogleException($"the credentials of {origin} cannot give ID tokens; use those of a service account");
        try
        {
            var token = await credential.GetOidcTokenAsync(OidcTokenOptions.FromTargetAudience(audience), cancellation);
            return await token.GetAccessTokenAsync(cancellation);
        }
        catch (Exception exception) when (GoogleLoginFaults.Explain(exception, origin) is { } message)
        {
            throw new GoogleException(message, exception);
        }
    }

    /// <summary>A workload identity has no ID tokens of its own: the service account that it may act as issues them.</summary>
    private async Task<string> FederatedIdTokenAsync(ExternalAccountCredential external, string audience, CancellationToken cancellation)
    {
        const string Method = ":generateAccessToken";
        if (federated is null || external.ServiceAccountImpersonationUrl is not { } url || !url.EndsWith(Method, StringComparison.Ordinal))
            throw new GoogleException(
                $"the workload identity of {origin} cannot give ID tokens by itself; give google-github-actions/auth a 'service_account'");
        try
        {
            var scoped = (ITokenAccess)federated.CreateScoped(CloudPlatform);
            var access = await scoped.GetAccessTokenForRequestAsync(cancellationToken: cancellation);
            return await GoogleIdTokenIssuer.IssueAsync($"{url[..^Method.Length]}:generateIdToken", access, audience, time, cancellation);
        }
        catch (Exception exception) when (GoogleLoginFaults.Explain(exception, origin) is { } message)
        {
            throw new GoogleException(message, exception);
        }
    }
}

/// <summary>Says in one sentence why Google's library got no token, and what to do.</summary>
internal static class GoogleLoginFaults
{
    /// <summary>Null for what is no fault of the credentials or of the network.</summary>
    public static string? Explain(Exception exception, string origin) => exception switch
    {
        TokenResponseException { Error.ErrorDescription: null or "" } response when response.StatusCode is not null =>
            $"Google gave no token for the credentials of {origin}: status "
            + $"{(int)response.StatusCode}{Advice(response.Error, response.StatusCode)}",
        TokenResponseException { Error: { } error } response =>
            $"Google gave no token for the credentials of {origin}: {Describe(error)}{Advice(error, response.StatusCode)}",
        SubjectTokenException subject =>
            $"the identity provider gave no token for the credentials of {origin}: {FirstSentence(subject.InnerException ?? subject)}; "
            + "give the job 'permissions: id-token: write' and run google-github-actions/auth in the same job",
        HttpRequestException http => $"no token for the credentials of {origin}: {FirstSentence(http)}",
        // Google.Apis.Auth throws these for an answer that is no token: it reads the members without a look.
        NullReferenceException or Newtonsoft.Json.JsonException =>
            $"Google gave no token for the credentials of {origin}: the answer is no token",
        InvalidOperationException invalid => $"the credentials of {origin} cannot be used: {FirstSentence(invalid)}",
        _ => null,
    };

    public static string FirstSentence(Exception exception) =>
        exception.Message.ReplaceLineEndings(" ").Split(". ", 2)[0].TrimEnd('.', ' ');

    private static string Describe(TokenErrorResponse error) =>
        string.IsNullOrEmpty(error.ErrorDescription)
        ? error.Error
        : $"{error.Error}: {error.ErrorDescription.ReplaceLineEndings(" ").TrimEnd('.', ' ')}";

    private static string Advice(TokenErrorResponse error, HttpStatusCode? status) => (error.Error, status) switch
    {
        ("invalid_grant", _) => "; the key or the identity was revoked, has expired or is not accepted: make a new one",
        ("unauthorized_client", _) => "; the workload identity pool does not accept this repository: see its attribute condition",
        (_, HttpStatusCode.Forbidden) => "; grant the workload identity roles/iam.workloadIdentityUser on the service account",
        _ => "",
    };
}

/// <summary>The metadata server of Compute Engine, Cloud Run, GKE and Cloud Build.</summary>
internal sealed record GoogleMetadataServer(Uri Root, TimeProvider Time)
{
    private const string Account = "computeMetadata/v1/instance/service-accounts/default/";
    // Outside of Google's cloud the name does not resolve or the address does not answer: nobody should wait long to learn that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Null if there is none. <c>GCE_METADATA_HOST</c> and <c>NO_GCE_CHECK</c> are those of Google's own libraries.</summary>
    public static async Task<GoogleMetadataServer?> FindAsync(Shell shell)
    {
        if (shell.Environment("NO_GCE_CHECK") == "true")
            return null;
        var host = shell.Environment("GCE_METADATA_HOST") is { Length: > 0 } given ? given : "metadata.google.internal";
        if (!Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var root))
            throw new GoogleException(
                $"GCE_METADATA_HOST is '{host}'; a host such as metadata.google.internal, with a port if need be, is accepted");
        using var timeout = new CancellationTokenSource(Patience, shell.Time);
        using var client = CreateClient(Handler());
        try
        {
            using var response = await client.GetAsync(root, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            // Any captive portal answers 200 to anything; only Google's server says who it is.
            return response.Headers.TryGetValues("Metadata-Flavor", out var flavors) && flavors.Contains("Google")
                ? new(root, shell.Time)
                : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public GoogleCredential CreateCredential() => GoogleCredential.FromComputeCredential(
        new ComputeCredential(new ComputeCredential.Initializer($"{Root}{Account}token")));

    /// <summary>Asked for here because the library takes the answer, a bare token, from the server's usual address only.</summary>
    public async Task<string> IdTokenAsync(string audience, CancellationToken cancellation)
    {
        using var client = CreateClient(GoogleRetries.HandlerOver(Handler(), Time));
        try
        {
            using var response =
                await client.GetAsync(new Uri(Root, $"{Account}identity?audience={Uri.EscapeDataString(audience)}&format=full"),
                cancellation);
            if (response.IsSuccessStatusCode)
                return (await response.Content.ReadAsStringAsync(cancellation)).Trim();
            throw new GoogleException(
                $"the metadata server gave no ID token (status {(int)response.StatusCode}); give the machine a service account");
        }
        catch (HttpRequestException exception)
        {
            throw new GoogleException($"the metadata server gave no ID token: {GoogleLoginFaults.FirstSentence(exception)}", exception);
        }
    }

    // Never through a proxy: the address is the machine's own, and the answer a token.
    private static SocketsHttpHandler Handler() => new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };

    private static HttpClient CreateClient(HttpMessageHandler handler) =>
        new(handler) { MaxResponseContentBufferSize = 64 * 1024, DefaultRequestHeaders = { { "Metadata-Flavor", "Google" } } };
}
