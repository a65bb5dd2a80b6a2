using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace GateAction.StandIns.Google;

/// <summary>Where tokens come from: OAuth 2 (RFC 7523), token exchange (RFC 8693), IAM credentials, the metadata server, and a job's own ID
/// token.</summary>
internal static class TokenEndpoints
{
    public static void Map(WebApplication app, GoogleStandIn google)
    {
        app.MapPost("/token", async (HttpRequest request) => Exchange(google, await request.ReadFormAsync()));
        app.MapPost("/v1/token", async (HttpRequest request) => Federate(google, await request.ReadFormAsync()));
        app.MapPost("/v1/projects/-/serviceAccounts/{method}", (HttpContext context, string method) =>
            Impersonate(google, context, method));
        app.MapGet("/github-oidc", (HttpContext context) => context.Request.Headers.Authorization == "Bearer job-token"
            ? Json(new() { ["value"] = google.IssueToken("subject") })
            : HttpResults.Text("""{"message":"the token is not valid"}""", "application/json", statusCode: 401));
        app.MapGet("/computeMetadata/v1/instance/service-accounts/default/token", (HttpContext context) =>
            Metadata(context, () => Json(AccessToken(google, "metadata"))));
        app.MapGet("/computeMetadata/v1/instance/service-accounts/default/identity", (HttpContext context, string audience) =>
            Metadata(context, () => HttpResults.Text(IdToken(google, audience), "text/html")));
        app.MapGet("/", (HttpContext context) => Metadata(context, () => HttpResults.Text("computeMetadata/")));
    }

    /// <summary>An unsigned token that says for whom it is.</summary>
    private static string IdToken(GoogleStandIn google, string audience)
    {
        var payload = new JsonObject
        { ["aud"] = audience, ["exp"] = DateTimeOffset.UnixEpoch.AddYears(200).ToUnixTimeSeconds(), ["iat"] = 1 };
        return google.IssueToken($"e30.{Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(payload.ToJsonString()))}");
    }

    private static JsonObject AccessToken(GoogleStandIn google, string prefix) =>
        new() { ["access_token"] = google.IssueToken(prefix), ["token_type"] = "Bearer", ["expires_in"] = 3599 };

    private static IResult Exchange(GoogleStandIn google, IFormCollection form)
    {
        if (google.TokenError is { } error)
            return Json(new() { ["error"] = error, ["error_description"] = "Invalid JWT Signature." }, 400);
        if (form["grant_type"] == "refresh_token")
            return Json(AccessToken(google, "user"));
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(form["assertion"].ToString().Split('.')[1]))!;
        return claims["target_audience"]?.GetValue<string>() is { } audience
            ? Json(new() { ["id_token"] = IdToken(google, audience) })
            : Json(AccessToken(google, "service-account"));
    }

    private static IResult Federate(GoogleStandIn google, IFormCollection form)
    {
        if (google.TokenError is { } error)
            return Json(new() { ["error"] = error, ["error_description"] = "The given credential is rejected by the attribute condition." },
                401);
        return google.Tokens.ContainsKey(form["subject_token"].ToString())
            ? Json(new()
            {
                ["access_token"] = google.IssueToken("federated"),
                ["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
                ["token_type"] = "Bearer",
                ["expires_in"] = 3599
            })
            : Json(new() { ["error"] = "invalid_grant", ["error_description"] = "The subject token is not known." }, 400);
    }

    private static async Task<IResult> Impersonate(GoogleStandIn google, HttpContext context, string method)
    {
        if (google.Refuse(context, "iam.serviceAccounts.getAccessToken", method.Split(':')[0], "iamcredentials.googleapis.com")
            is { } refusal)
            return refusal;
        if (method.EndsWith(":generateAccessToken", StringComparison.Ordinal))
            return Json(new() { ["accessToken"] = google.IssueToken("impersonated"), ["expireTime"] = "2199-01-01T00:00:00Z" });
        var body = await JsonNode.ParseAsync(context.Request.Body);
        return Json(new() { ["token"] = IdToken(google, body!["audience"]!.GetValue<string>()) });
    }

    private static IResult Metadata(HttpContext context, Func<IResult> answer)
    {
        context.Response.Headers["Metadata-Flavor"] = "Google";
        return context.Request.Headers["Metadata-Flavor"] == "Google"
            ? answer()
            : HttpResults.Text("Missing required header \"Metadata-Flavor\"", statusCode: 403);
    }

    private static IResult Json(JsonObject json, int status = 200) =>
        HttpResults.Text(json.ToJsonString(), "application/json", statusCode: status);
}
