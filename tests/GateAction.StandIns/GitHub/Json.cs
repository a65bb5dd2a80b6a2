using System.Text.Json;
using System.Text.Json.Nodes;

namespace GateAction.StandIns.GitHub;

/// <summary>Reads and writes JSON without types: the stand-in must not share the client's idea of a document.</summary>
internal static class Json
{
    public static IResult Of(JsonNode body, int status = 200) =>
        HttpResults.Text(body.ToJsonString(), "application/json; charset=utf-8", statusCode: status);

    public static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);

    /// <summary>The body as an object, or null where it is none.</summary>
    public static async Task<JsonObject?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ");
}
