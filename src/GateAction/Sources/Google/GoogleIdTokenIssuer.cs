using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GateAction.Sources.Google;

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
            throw new GoogleFault(
                $"the service account gave no ID token (status {(int)response.StatusCode}{GoogleError.Parse(answer)?.Suffix}); "
                + "grant the workload identity roles/iam.serviceAccountOpenIdTokenCreator on it");
        }
        return TokenOf(answer) ?? throw new GoogleFault("the service account gave no ID token: the answer holds none");
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
