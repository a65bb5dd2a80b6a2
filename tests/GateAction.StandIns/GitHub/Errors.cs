using System.Globalization;
using System.Text.Json.Nodes;

namespace GateAction.StandIns.GitHub;

/// <summary>GitHub's error answers (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api).</summary>
internal static class Errors
{
    private const string Documentation = "https://docs.github.com/rest";

    public static IResult NotFound => Of(404, "Not Found");

    public static IResult BadCredentials => Of(401, "Bad credentials");

    public static IResult NotAccessible => Of(403, "Resource not accessible by integration");

    public static IResult Of(int status, string message) => Answer(new JsonObject(), status, message);

    public static IResult Html(int status) =>
        HttpResults.Content("<!DOCTYPE html><html><title>Unicorn!</title><p>This page is taking too long to load.</p></html>", "text/html",
        statusCode: status);

    public static IResult Invalid(string resource, string field, string message, string code = "custom") => Answer(
        new JsonObject
        {
            ["errors"] = new JsonArray(new JsonObject
            { ["resource"] = resource, ["code"] = code, ["field"] = field, ["message"] = message }),
        },
        422,
        "Validation Failed");

    private static IResult Answer(JsonObject body, int status, string message)
    {
        body["message"] = message;
        body["documentation_url"] = Documentation;
        body["status"] = status.ToString(CultureInfo.InvariantCulture);
        return Json.Of(body, status);
    }
}
