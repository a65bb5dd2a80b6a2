using System.Text.Json.Nodes;

namespace GateAction.Sources.OpenApi;

/// <summary>Reads what an operation asks of who calls it: its own requirements, else those of the document.</summary>
internal sealed class ApiSecurityReading(JsonObject root, ApiResolver resolver)
{
    private static readonly IReadOnlyList<IReadOnlyList<ApiScheme>> Open = [[]];

    private readonly JsonObject _schemes = (root["components"] as JsonObject)?["securitySchemes"] as JsonObject ?? [];

    public IReadOnlyList<IReadOnlyList<ApiScheme>> Of(JsonObject operation) =>
        (operation["security"] ?? root["security"]) is JsonArray { Count: > 0 } list
            ? [.. list.Select(node =>
            (node as JsonObject ?? []).Select(need => SchemeOf(need.Key, need.Value as JsonArray ?? [])).ToArray())]
            : Open;

    private ApiScheme SchemeOf(string name, JsonArray scopes)
    {
        var scheme = resolver.Follow(_schemes[name]) as JsonObject ?? [];
        var type = scheme.TextAt("type") ?? "not described";
        var place = scheme.TextAt("in");
        var key = scheme.TextAt("name") ?? "";
        var means = type switch
        {
            "apiKey" => $"apiKey in {place} '{(place == "header" ? key.ToLowerInvariant() : key)}'",
            "http" => $"http {scheme.TextAt("scheme")?.ToLowerInvariant()}",
            "openIdConnect" => $"openIdConnect {scheme.TextAt("openIdConnectUrl")}".TrimEnd(),
            "oauth2" or "mutualTLS" => type,
            _ => name,
        };
        return new(name, means, [.. JsonParts.TextsOf(scopes)],
            [.. (scheme["flows"] as JsonObject ?? []).Select(flow => flow.Key)
            .Where(flow => !flow.StartsWith("x-", StringComparison.Ordinal))]);
    }
}
