using System.Text.Json.Nodes;

namespace GateAction.Sources.OpenApi;

/// <summary>Reads what an operation takes and gives: parameters, bodies, responses.</summary>
/// <param name="unread">Takes the name of each part that is not built as OpenAPI has it.</param>
internal sealed class ApiContentReading(ApiResolver resolver, List<string> unread)
{
    // Described by other means: OpenAPI has them ignored where they are given as a parameter or a header.
    private static readonly string[] Reserved = ["accept", "content-type", "authorization"];

    public IEnumerable<ApiParameter> ParametersOf(JsonObject owner, string where)
    {
        foreach (var node in ListAt(owner, "parameters", where))
        {
            if (ObjectOf(node, $"{where}, a parameter") is not { } parameter)
                continue;
            if (parameter.TextAt("name") is not { Length: > 0 } name || parameter.TextAt("in") is not { } place)
                unread.Add($"{where}: a parameter has no 'name' or no 'in'");
            // Names of headers have no case (RFC 9110, 5.1).
            else if (place != "header" || !Reserved.Contains(name.ToLowerInvariant()))
                yield return ParameterOf(parameter, name, place, $"{where}, parameter '{name}'");
        }
    }

    private ApiParameter ParameterOf(JsonObject parameter, string name, string place, string where)
    {
        // OpenAPI: `content` of a parameter has exactly one entry, so the first is all.
        var media = parameter.ContainsKey("content") ? MediaAt(parameter, where).FirstOrDefault() : null;
        // The defaults of OpenAPI: `form` for query and cookie, else `simple`; `explode` is true for `form` alone.
        var style = parameter.TextAt("style") ?? (place is "query" or "cookie" ? "form" : "simple");
        return new(
            name,
            place,
            // OpenAPI wants `required: true` for each parameter of the path. One that leaves it out is required all the same.
            place == "path" || (parameter.FlagAt("required") ?? false),
            media?.Schema ?? parameter["schema"],
            media,
            style,
            parameter.FlagAt("explode") ?? style == "form",
            parameter.FlagAt("allowReserved") ?? false,
            parameter.FlagAt("allowEmptyValue") ?? false);
    }

    public ApiBody? BodyOf(JsonObject operation, string where) =>
        operation.ContainsKey("requestBody") && ObjectOf(operation["requestBody"], $"{where}, the request body") is { } body
            ? new(body.FlagAt("required") ?? false, [.. MediaAt(body, $"{where}, the request body")])
            : null;

    public IEnumerable<ApiResponse> ResponsesOf(JsonObject operation, string where)
    {
        foreach (var (status, node) in MapAt(operation, "responses", $"{where}, responses"))
        {
            if (!status.StartsWith("x-", StringComparison.Ordinal) && ObjectOf(node, $"{where}, response {status}") is { } response)
                // OpenAPI writes ranges as 2XX. A document that writes 2xx means the same response.
                yield return new(status.ToUpperInvariant() is var upper
                    && upper == "DEFAULT" ? "default" : upper, [.. MediaAt(response, $"{where}, response {status}")],
                    [.. HeadersOf(response, $"{where}, response {status}")], [.. LinksOf(response, $"{where}, response {status}")]);
        }
    }

    /// <summary>The fields of an object; none where it is absent.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> MapAt(JsonObject owner, string name, string where) =>
        owner.ContainsKey(name) ? ObjectOf(owner[name], where) ?? [] : [];

    /// <summary>What a node is or refers to, as an object. A dead reference is known by itself.</summary>
    public JsonObject? ObjectOf(JsonNode? node, string where)
    {
        var target = resolver.Follow(node);
        if (target is JsonObject map)
            return map;
        if (node is not JsonObject)
            unread.Add($"{where} is no object");
        return null;
    }

    /// <summary>The operations of a path. Those beside a <c>$ref</c> count too, because OpenAPI leaves open which of the two
    /// does.</summary>
    public JsonObject? ItemOf(JsonNode? node, string where)
    {
        var target = ObjectOf(node, where);
        if (target is null || node is not JsonObject map || ReferenceEquals(map, target) || map.All(IsOfReference))
            return target;
        var both = (JsonObject)target.DeepClone();
        foreach (var (name, own) in map.Where(field => !IsOfReference(field)))
            both[name] = own?.DeepClone();
        return both;
    }

    private static bool IsOfReference(KeyValuePair<string, JsonNode?> field) =>
        field.Key == "$ref" || ApiKeywords.IsForPeople("", field.Key);

    private JsonArray ListAt(JsonObject owner, string name, string where)
    {
        if (owner[name] is JsonArray list)
            return list;
        if (owner.ContainsKey(name))
            unread.Add($"{where}, {name} are no list");
        return [];
    }

    private IEnumerable<ApiMedia> MediaAt(JsonObject owner, string where)
    {
        foreach (var (type, node) in MapAt(owner, "content", $"{where}, content"))
        {
            if (!type.StartsWith("x-", StringComparison.Ordinal) && ObjectOf(node, $"{where}, '{type}'") is { } media)
                yield return new(type,
                    // OpenAPI 3.2: `itemSchema` describes each item of a stream (application/jsonl): compared as a list of them.
                    media["schema"] ?? (media["itemSchema"] is { } item
                    ? new JsonObject { ["type"] = "array", ["items"] = item.DeepClone() }
                    : null))
                {
                    Encodings = EncodingsOf(media, $"{where}, '{type}'"),
                    PartsByPlace = string.Concat(
                        new[] { media["prefixEncoding"], media["itemEncoding"] }.Select(parts => parts?.ToJsonString())),
                };
        }
    }

    private Dictionary<string, ApiEncoding> EncodingsOf(JsonObject media, string where)
    {
        var encodings = new Dictionary<string, ApiEncoding>();
        foreach (var (name, node) in MapAt(media, "encoding", $"{where}, encoding"))
        {
            if (ObjectOf(node, $"{where}, encoding of '{name}'") is { } encoding)
                encodings[name] = new(
                    encoding.TextAt("contentType")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                    encoding.TextAt("style"), encoding.FlagAt("explode"), encoding.FlagAt("allowReserved"),
                    [.. HeadersOf(encoding, $"{where}, encoding of '{name}'")]);
        }
        return encodings;
    }

    private IEnumerable<(string Name, string Target)> LinksOf(JsonObject response, string where)
    {
        foreach (var (name, node) in MapAt(response, "links", $"{where}, links"))
        {
            if (ObjectOf(node, $"{where}, link '{name}'") is { } link)
                // OpenAPI: a link has one of the two, never both.
                yield return (name, link.TextAt("operationId") ?? link.TextAt("operationRef") ?? "");
        }
    }

    private IEnumerable<ApiHeader> HeadersOf(JsonObject owner, string where)
    {
        foreach (var (name, node) in MapAt(owner, "headers", $"{where}, headers"))
        {
            // OpenAPI has this header ignored: `content` says it.
            if (name.Equals("content-type", StringComparison.OrdinalIgnoreCase)
                || ObjectOf(node, $"{where}, header '{name}'") is not { } header)
                continue;
            var media = header.ContainsKey("content") ? MediaAt(header, where).FirstOrDefault() : null;
            yield return new(name, header.FlagAt("required") ?? false, media?.Schema ?? header["schema"], media,
                // The style of a header is always `simple`, which does not explode by default.
                header.FlagAt("explode") ?? false);
        }
    }
}
