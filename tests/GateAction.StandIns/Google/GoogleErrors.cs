using System.Text.Json.Nodes;

namespace GateAction.StandIns.Google;

/// <summary>Errors as Google's REST APIs give them (google.rpc.Status).</summary>
internal static class GoogleErrors
{
    public static IResult Unauthenticated() => Of(
        401,
        "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication "
        + "credential.",
        "ACCESS_TOKEN_TYPE_UNSUPPORTED");

    public static IResult Denied(string permission, string resource) => Of(
        403,
        "PERMISSION_DENIED",
        $"Permission '{permission}' denied on resource '{resource}' (or resource may not exist).",
        "IAM_PERMISSION_DENIED");

    public static IResult Disabled(string api) => Of(
        403,
        "PERMISSION_DENIED",
        $"{api} API has not been used in project acme-staging before or it is disabled. Enable it by visiting the console.",
        "SERVICE_DISABLED");

    public static IResult NotFound(string resource) => Of(404, "NOT_FOUND", $"Resource '{resource}' was not found");

    public static IResult BadRequest(string message) => Of(400, "INVALID_ARGUMENT", message);

    public static IResult Of(int code, string status, string message, string? reason = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message, ["status"] = status };
        if (reason is not null)
            error["details"] = new JsonArray(new JsonObject
            { ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo", ["reason"] = reason, ["domain"] = "googleapis.com" });
        return HttpResults.Text(new JsonObject { ["error"] = error }.ToJsonString(), "application/json; charset=UTF-8", statusCode: code);
    }
}
