using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GateAction.Cel.Values;

namespace GateAction.Sources.Google;

/// <summary>The error of a Google API (google.rpc.Status as JSON).</summary>
/// <param name="Status">The canonical code: <c>PERMISSION_DENIED</c>.</param>
/// <param name="Reason">The reason of its ErrorInfo (<c>SERVICE_DISABLED</c>, <c>IAM_PERMISSION_DENIED</c>); empty if there is
/// none.</param>
internal sealed record GoogleError(int Code, string Status, string Message, string Reason)
{
    private const int LongestMessage = 300;

    public string Suffix => $": {Message}";

    /// <summary>Null if the body is no such error: that of a proxy, say.</summary>
    public static GoogleError? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.At("error") is not { } error || error.IntAt("code") is not { } code)
                return null;
            var reasons = error.ItemsAt("details").Select(detail => detail.TextAt("reason"));
            return new(
                (int)code,
                error.TextAt("status") ?? "",
                Shorten(error.TextAt("message") ?? ""),
                reasons.FirstOrDefault(reason => reason is { Length: > 0 }) ?? "");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Shorten(string message)
    {
        var line = message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "…";
    }
}

/// <summary>Why Google gave no token or no answer: one sentence that ends in what to set or which role to grant.</summary>
internal sealed class GoogleException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Says in one sentence why a Google API refused, and what to do.</summary>
internal static class GoogleAdvice
{
    /// <param name="source">Who refused: <c>Cloud Run</c>.</param>
    /// <param name="api">The API that must be enabled.</param>
    /// <param name="role">The role that is needed.</param>
    /// <param name="names">What to check if nothing is found.</param>
    public static string For(GoogleError error, string source, string api, string role, string names) => (error.Code, error.Reason) switch
    {
        // Before the status: Google answers 403 here too, and a role would not help.
        (_, "SERVICE_DISABLED") => $"{source} is not enabled in the project: gcloud services enable {api}",
        (401, _) =>
            $"{source} does not accept the credentials ({error.Message}); run google-github-actions/auth in this job, less than an hour "
            + "before",
        (403, "CONSUMER_INVALID" or "USER_PROJECT_DENIED") => $"{source} does not know the project ({error.Message}); check {names}",
        (403, _) => $"{source} denies access ({error.Message}); grant the gate's account {role} on the project, or correct {names}",
        (404, _) => $"{source} finds nothing there ({error.Message}); check {names}",
        (400, _) => $"{source} does not understand the request: {error.Message}",
        (429, _) => $"{source} allows no more requests for now: {error.Message}",
        (var code, _) => $"{source} gave no answer (status {code}, {error.Status}): {error.Message}",
    };
}

/// <summary>The method generateIdToken of the IAM Credentials API.</summary>
internal static class GoogleIdTokenIssuer
{
    public static async Task<string> IssueAsync(string url, string accessToken, string audience, TimeProvider time,
        CancellationToken cancellation)
    {
        var handler = GoogleRetries.HandlerOver(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, time);
        using var client = new HttpClient(handler) { MaxResponseContentBufferSize = 1024 * 1024 };
        var body = new JsonObject { ["audience"] = audience, ["includeEmail"] = true };
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using var response = await client.SendAsync(request, cancellation);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new GoogleException(
                $"the service account gave no ID token (status {(int)response.StatusCode}{GoogleError.Parse(answer)?.Suffix}); "
                + "grant the workload identity roles/iam.serviceAccountOpenIdTokenCreator on it");
        }
        return TokenOf(answer) ?? throw new GoogleException("the service account gave no ID token: the answer holds none");
    }

    private static string? TokenOf(byte[] answer)
    {
        try
        {
            return JsonNode.Parse(answer)?["token"]?.GetValue<string>();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
