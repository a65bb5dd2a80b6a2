using GateAction.Surroundings;
using Google.Apis.Auth.OAuth2;

namespace GateAction.Sources.Google;

/// <summary>The metadata server of Compute Engine, Cloud Run, GKE and Cloud Build.</summary>
internal sealed record GoogleMetadataServer(Uri Root, TimeProvider Time)
{
    private const string Account = "computeMetadata/v1/instance/service-accounts/default/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Null where there is none. <c>GCE_METADATA_HOST</c> and <c>NO_GCE_CHECK</c> are those of Google's own libraries.</summary>
    public static async Task<GoogleMetadataServer?> FindAsync(Shell shell)
    {
        if (shell.Environment("NO_GCE_CHECK") == "true")
            return null;
        var host = shell.Environment("GCE_METADATA_HOST") is { Length: > 0 } given ? given : "metadata.google.internal";
        if (!Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var root))
            throw new GoogleFault(
                $"GCE_METADATA_HOST is '{host}'; a host such as metadata.google.internal, with a port if need be, is accepted");
        using var timeout = new CancellationTokenSource(Patience, shell.Time);
        using var client = CreateClient(Handler());
        try
        {
            using var response = await client.GetAsync(root, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
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
            throw new GoogleFault(
                $"the metadata server gave no ID token (status {(int)response.StatusCode}); give the machine a service account");
        }
        catch (HttpRequestException exception)
        {
            throw new GoogleFault($"the metadata server gave no ID token: {GoogleLoginFaults.FirstSentence(exception)}", exception);
        }
    }

    private static SocketsHttpHandler Handler() => new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };

    private static HttpClient CreateClient(HttpMessageHandler handler) =>
        new(handler) { MaxResponseContentBufferSize = 64 * 1024, DefaultRequestHeaders = { { "Metadata-Flavor", "Google" } } };
}
