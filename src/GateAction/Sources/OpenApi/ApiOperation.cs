using System.Text.Json.Nodes;

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
    string Name, string In, bool IsRequired, JsonNode? Schema, string? Media, string Style, bool Explodes, bool AllowsReserved,
    bool AllowsEmpty);

/// <summary>A body in one of the media types that it may have.</summary>
internal sealed record ApiMedia(string Type, JsonNode? Schema)
{
    /// <summary>The type without its parameters, in lower case.</summary>
    public string Essence => Type.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>True where values are written as plain text, so that a number is a text of digits.</summary>
    public bool IsText => Essence is "application/x-www-form-urlencoded" or "multipart/form-data" or "text/plain";
}

/// <summary>The body of a request.</summary>
internal sealed record ApiBody(bool IsRequired, IReadOnlyList<ApiMedia> Content);

/// <summary>A header of a response.</summary>
internal sealed record ApiHeader(string Name, bool IsRequired, JsonNode? Schema, bool IsText);

/// <summary>What an operation answers.</summary>
/// <param name="Status">A number, a range such as <c>2XX</c>, or <c>default</c>.</param>
internal sealed record ApiResponse(string Status, IReadOnlyList<ApiMedia> Content, IReadOnlyList<ApiHeader> Headers);

/// <summary>A request that the service sends to an address that it was given.</summary>
internal sealed record ApiCallback(string Name, ApiOperation Operation);

/// <summary>A way to say who asks.</summary>
/// <param name="Means">What has to be sent, whatever the scheme is called in the document: <c>apiKey in header 'x-key'</c>.</param>
/// <param name="Flows">Of OAuth 2, how a token is got.</param>
internal sealed record ApiScheme(string Name, string Means, IReadOnlyList<string> Scopes, IReadOnlyList<string> Flows)
{
    public override string ToString() => $"'{Name}' ({Means})";
}

/// <summary>Where an API is.</summary>
/// <param name="Url">With the defaults of its variables, without a slash at the end.</param>
/// <param name="Variables">The values that a variable may have, where they are listed.</param>
internal sealed record ApiServer(string Url, IReadOnlyDictionary<string, IReadOnlyList<string>> Variables)
{
    /// <summary>Its path, without a slash at the end.</summary>
    public string Path => Absolute is { } absolute ? absolute.AbsolutePath.TrimEnd('/') : Url.StartsWith('/') ? Url : "";

    /// <summary>Scheme, host and port; empty where it is relative to the document.</summary>
    public string Origin => Absolute?.GetLeftPart(UriPartial.Authority) ?? "";

    private Uri? Absolute =>
        Url.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(Url, UriKind.Absolute, out var absolute) ? absolute : null;
}

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
