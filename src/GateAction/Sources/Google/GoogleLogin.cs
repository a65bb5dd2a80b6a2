using GateAction.Surroundings;
using Google.Apis.Auth.OAuth2;

namespace GateAction.Sources.Google;

/// <summary>The credentials of a run.</summary>
/// <param name="federated">A workload identity itself where <paramref name="credential"/> is a service account that it acts as; else
/// null.</param>
/// <param name="server">Where the credential is the machine's; else null.</param>
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
        throw new GoogleFault(
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
            throw new GoogleFault(message, exception);
        }
    }

    public async Task<string> IdTokenAsync(string audience, CancellationToken cancellation)
    {
        if (server is not null)
            return await server.IdTokenAsync(audience, cancellation);
        if (credential.UnderlyingCredential is ExternalAccountCredential external)
            return await FederatedIdTokenAsync(external, audience, cancellation);
        if (credential.UnderlyingCredential is not IOidcTokenProvider)
            throw new GoogleFault($"the credentials of {origin} cannot give ID tokens; use those of a service account");
        try
        {
            var token = await credential.GetOidcTokenAsync(OidcTokenOptions.FromTargetAudience(audience), cancellation);
            return await token.GetAccessTokenAsync(cancellation);
        }
        catch (Exception exception) when (GoogleLoginFaults.Explain(exception, origin) is { } message)
        {
            throw new GoogleFault(message, exception);
        }
    }

    /// <summary>A workload identity has no ID tokens of its own: the service account that it may act as issues them.</summary>
    private async Task<string> FederatedIdTokenAsync(ExternalAccountCredential external, string audience, CancellationToken cancellation)
    {
        const string Method = ":generateAccessToken";
        if (federated is null || external.ServiceAccountImpersonationUrl is not { } url || !url.EndsWith(Method, StringComparison.Ordinal))
            throw new GoogleFault(
                $"the workload identity of {origin} cannot give ID tokens by itself; give google-github-actions/auth a 'service_account'");
        try
        {
            var scoped = (ITokenAccess)federated.CreateScoped(CloudPlatform);
            var access = await scoped.GetAccessTokenForRequestAsync(cancellationToken: cancellation);
            return await GoogleIdTokenIssuer.IssueAsync($"{url[..^Method.Length]}:generateIdToken", access, audience, time, cancellation);
        }
        catch (Exception exception) when (GoogleLoginFaults.Explain(exception, origin) is { } message)
        {
            throw new GoogleFault(message, exception);
        }
    }
}
