using System.Text.Json.Nodes;
using GateAction.Sources.OpenApi.Schemas;

namespace GateAction.Sources.OpenApi;

/// <summary>An operation of an API: a method on a path. That of a webhook has the webhook's name for a path.</summary>
/// <param name="Parameters">Those of the path and its own; where both name one, its own.</param>
/// <param name="Security">Any one of these is enough; one without schemes lets everybody in.</param>
/// <param name="Servers">Those of its own, of its path, else of the document.</param>
internal sealed record ApiOperation(
    string Method,
    string Path,
    string OperationId,
    IReadOnlyList<string> Tags,
    bool IsDeprecated,
    DateOnly? Sunset,
    IReadOnlyList<ApiParameter> Parameters,
    ApiBody? Body,
    IReadOnlyList<ApiResponse> Responses,
    IReadOnlyList<ApiCallback> Callbacks,
    IReadOnlyList<IReadOnlyList<ApiScheme>> Security,
    IReadOnlyList<ApiServer> Servers)
{
    /// <summary><c>GET /v1/orders/{id}</c>.</summary>
    public string Name => $"{Method} {Path}";

    /// <summary>The same for paths that differ in the names of their parameters only.</summary>
    public string Key => KeyOf(Name);

    public static string KeyOf(string name)
    {
        var parts = name.Split('{', '}');
        return string.Concat(parts.Select((part, index) => index % 2 == 0 ? part : "{}"));
    }
}

/// <summary>A parameter of a request.</summary>
/// <param name="Media">The media type that its value is written in; null if <paramref name="Style"/> says how.</param>
internal sealed record ApiParameter(
    string Name, string In, bool IsRequired, JsonNode? Schema, ApiMedia? Media, string Style, bool Explodes, bool AllowsReserved,
    bool AllowsEmpty);

/// <summary>A body in one of the media types that it may have.</summary>
internal sealed record ApiMedia(string Type, JsonNode? Schema)
{
    /// <summary>How the properties of a form, or of a body in parts, are written, where the document says so.</summary>
    public IReadOnlyDictionary<string, ApiEncoding> Encodings { get; init; } = new Dictionary<string, ApiEncoding>();

    /// <summary>What OpenAPI 3.2 says of parts by their place, as JSON; empty if it says nothing.</summary>
    public string PartsByPlace { get; init; } = "";

    /// <summary>The type without its parameters, in lower case.</summary>
    public string Essence => Type.Split(';')[0].Trim().ToLowerInvariant();

    public bool IsForm => Essence == "application/x-www-form-urlencoded";

    public bool HasParts => Essence.StartsWith("multipart/", StringComparison.Ordinal);

    public SchemaNotation Notation => HasParts ? SchemaNotation.Parts : NotationOf(Essence);

    public static SchemaNotation NotationOf(string essence) => essence switch
    {
        // In a form a number is the text of its digits, so an integer that becomes a string disturbs nobody.
        "application/x-www-form-urlencoded" => SchemaNotation.Text,
        "application/xml" or "text/xml" => SchemaNotation.Xml,
        _ when essence.EndsWith("+xml", StringComparison.Ordinal) => SchemaNotation.Xml,
        "text/plain" => SchemaNotation.Text,
        _ => SchemaNotation.Json,
    };
}

/// <summary>How one property of a form, or one part of a body, is written; null where the document leaves it to OpenAPI's
/// defaults.</summary>
/// <param name="ContentTypes">Those accepted, which may be ranges.</param>
internal sealed record ApiEncoding(
    IReadOnlyList<string>? ContentTypes, string? Style, bool? Explodes, bool? AllowsReserved, IReadOnlyList<ApiHeader> Headers);

/// <summary>The body of a request.</summary>
internal sealed record ApiBody(bool IsRequired, IReadOnlyList<ApiMedia> Content);

/// <summary>A header of a response, or of a part of a body.</summary>
/// <param name="Media">The media type that its value is written in; null if it is plain text.</param>
internal sealed record ApiHeader(string Name, bool IsRequired, JsonNode? Schema, ApiMedia? Media, bool Explodes);

/// <summary>What an operation answers.</summary>
/// <param name="Status">A number, a range such as <c>2XX</c>, or <c>default</c>.</param>
/// <param name="Links">The operation that each link leads to, by its id or its place.</param>
internal sealed record ApiResponse(
    string Status, IReadOnlyList<ApiMedia> Content, IReadOnlyList<ApiHeader> Headers, IReadOnlyList<(string Name, string Target)> Links);

/// <summary>A request that the service sends to an address that it was given.</summary>
internal sealed record ApiCallback(string Name, ApiOperation Operation);

/// <summary>A way to say who asks.</summary>
/// <param name="Means">What has to be sent, whatever the scheme is called in the document: <c>apiKey in header 'x-key'</c>.</param>
/// <param name="Flows">Of OAuth 2, how a token is got.</param>
/// <param name="Urls">Of OAuth 2 and OpenID Connect, where.</param>
internal sealed record ApiScheme(
    string Name, string Means, IReadOnlyList<string> Scopes, IReadOnlyList<string> Flows, IReadOnlyList<string> Urls)
{
    public override string ToString() => $"'{Name}' ({Means})";
}

/// <summary>Reads what an operation asks of who calls it: its own requirements, else those of the document.</summary>
internal sealed class ApiSecurityReading(JsonObject root, ApiResolver resolver)
{
    private static readonly IReadOnlyList<IReadOnlyList<ApiScheme>> Open = [[]];

    private readonly JsonObject _schemes = (root["components"] as JsonObject)?["securitySchemes"] as JsonObject ?? [];

    public IReadOnlyList<IReadOnlyList<ApiScheme>> Of(JsonObject operation) =>
        // An empty list on an operation takes back what the document asks for (OpenAPI, `security`).
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
            // Names of headers have no case; those in a query or a cookie have.
            "apiKey" => $"apiKey in {place} '{(place == "header" ? key.ToLowerInvariant() : key)}'",
            "http" => $"http {scheme.TextAt("scheme")?.ToLowerInvariant()}",
            "oauth2" or "openIdConnect" or "mutualTLS" => type,
            _ => name,
        };
        KeyValuePair<string, JsonNode?>[] flows = [.. (scheme["flows"] as JsonObject ?? [])
            .Where(flow => !flow.Key.StartsWith("x-", StringComparison.Ordinal))];
        return new(name, means, [.. JsonParts.TextsOf(scopes)], [.. flows.Select(flow => flow.Key)],
            [.. flows.Select(flow => flow.Value).OfType<JsonObject>()
                .SelectMany(flow => new[] { flow.TextAt("authorizationUrl"), flow.TextAt("tokenUrl") })
                .Append(scheme.TextAt("openIdConnectUrl")).OfType<string>()]);
    }
}
