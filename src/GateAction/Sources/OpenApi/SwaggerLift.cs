using System.Text.Json.Nodes;

namespace GateAction.Sources.OpenApi;

/// <summary>Writes a document of OpenAPI 2 as OpenAPI 3 would have it. Schemas stay where they are, so that their references still lead
/// there.</summary>
internal static class SwaggerLift
{
    private static readonly string[] NotOfTheSchema =
        ["name", "in", "description", "required", "collectionFormat", "allowEmptyValue", "schema", "x-example"];

    private static readonly Dictionary<string, string> Flows = new()
    {
        ["implicit"] = "implicit",
        ["password"] = "password",
        ["application"] = "clientCredentials",
        ["accessCode"] = "authorizationCode",
    };

    public static JsonObject Lift(JsonObject written)
    {
        var root = (JsonObject)written.DeepClone();
        var paths = new JsonObject();
        foreach (var (path, node) in written["paths"] as JsonObject ?? [])
            paths[path] = node is JsonObject item ? ItemOf(item, written) : node?.DeepClone();
        root["paths"] = paths;
        root["servers"] = ServersOf(written);
        // Schemas are not moved here: references of OpenAPI 2 lead to #/definitions, which stays where it is.
        root["components"] = new JsonObject { ["securitySchemes"] = SchemesOf(written) };
        return root;
    }

    private static JsonArray ServersOf(JsonObject root)
    {
        var path = (root.TextAt("basePath") ?? "").TrimEnd('/');
        var schemes = root.TextsAt("schemes").ToArray();
        if (root.TextAt("host") is not { Length: > 0 } host)
            return new JsonArray(new JsonObject { ["url"] = path });
        // Without `schemes` OpenAPI 2 means the one that the document was read by. https stands for it, however it was read.
        return new JsonArray(
            [.. (schemes.Length == 0 ? ["https"] : schemes).Select(scheme => new JsonObject { ["url"] = $"{scheme}://{host}{path}" })]);
    }

    private static JsonObject SchemesOf(JsonObject root)
    {
        var schemes = new JsonObject();
        foreach (var (name, node) in root["securityDefinitions"] as JsonObject ?? [])
        {
            if (node is not JsonObject scheme)
                continue;
            schemes[name] = scheme.TextAt("type") switch
            {
                "basic" => new JsonObject { ["type"] = "http", ["scheme"] = "basic" },
                "oauth2" => new JsonObject
                {
                    ["type"] = "oauth2",
                    ["flows"] = new JsonObject
                    { [Flows.GetValueOrDefault(scheme.TextAt("flow") ?? "", "implicit")] = scheme.DeepClone() }
                },
                _ => scheme.DeepClone(),
            };
        }
        return schemes;
    }

    private static JsonObject ItemOf(JsonObject item, JsonObject root)
    {
        var general = ParametersOf(item, root);
        var lifted = new JsonObject();
        foreach (var (key, node) in item)
        {
            if (key != "parameters")
                lifted[key] = node is JsonObject operation ? OperationOf(operation, general, root) : node?.DeepClone();
        }
        return lifted;
    }

    private static JsonObject OperationOf(JsonObject operation, JsonObject[] general, JsonObject root)
    {
        var own = ParametersOf(operation, root);
        var all = own.Concat(general).DistinctBy(parameter => (parameter.TextAt("name"), parameter.TextAt("in"))).ToArray();
        var lifted = (JsonObject)operation.DeepClone();
        lifted["parameters"] =
            new JsonArray([.. all.Where(parameter => parameter.TextAt("in") is not ("body" or "formData")).Select(Parameter)]);
        // Left as it is, so that the reading tells that it is no list.
        if (operation["parameters"] is { } odd and not JsonArray)
            lifted["parameters"] = odd.DeepClone();
        // A word of OpenAPI 3, which means nothing in 2.
        lifted.Remove("requestBody");
        if (BodyOf(all, MediaTypes("consumes", operation, root)) is { } body)
            lifted["requestBody"] = body;
        var responses = new JsonObject();
        foreach (var (status, node) in operation["responses"] as JsonObject ?? [])
            responses[status] = Follow(node, root) is JsonObject response
                ? ResponseOf(response, MediaTypes("produces", operation, root))
                : node?.DeepClone();
        if (operation["responses"] is JsonObject)
            lifted["responses"] = responses;
        return lifted;
    }

    private static JsonObject[] ParametersOf(JsonObject owner, JsonObject root) =>
        owner["parameters"] is JsonArray list
        ? [.. list.Select(node => Follow(node, root) as JsonObject ?? node as JsonObject).OfType<JsonObject>()]
        : [];

    private static string[] MediaTypes(string name, JsonObject operation, JsonObject root)
    {
        // The operation's own list takes the place of the document's, an empty one too (OpenAPI 2, `consumes`).
        var types = (operation.ContainsKey(name) ? operation : root).TextsAt(name).ToArray();
        return types.Length == 0 ? ["application/json"] : types;
    }

    private static JsonNode Parameter(JsonObject written)
    {
        // A reference that leads nowhere: it is told as such.
        if (ApiReferences.Of(written) is not null)
            return written.DeepClone();
        var (place, format) = (written.TextAt("in"), written.TextAt("collectionFormat") ?? "csv");
        var lifted = new JsonObject { ["name"] = written["name"]?.DeepClone(), ["in"] = place, ["schema"] = SchemaOf(written) };
        foreach (var name in (string[])["required", "allowEmptyValue"])
        {
            if (written[name] is { } value)
                lifted[name] = value.DeepClone();
        }
        if (written.TextAt("type") == "array")
            AddStyle(lifted, format, isForm: place is "query" or "cookie");
        return lifted;
    }

    private static void AddStyle(JsonObject lifted, string format, bool isForm)
    {
        lifted["style"] = format switch
        {
            "ssv" => "spaceDelimited",
            "tsv" => "tabDelimited",
            "pipes" => "pipeDelimited",
            _ => isForm ? "form" : "simple",
        };
        // `multi` of OpenAPI 2 (a=1&a=2) is what OpenAPI 3 calls exploded, `csv` (a=1,2) what it does not.
        lifted["explode"] = format == "multi";
    }

    private static JsonObject? BodyOf(JsonObject[] parameters, string[] consumes)
    {
        if (parameters.FirstOrDefault(parameter => parameter.TextAt("in") == "body") is { } body)
            return new() { ["required"] = body.FlagAt("required") ?? false, ["content"] = ContentOf(consumes, body["schema"]) };
        JsonObject[] fields = [.. parameters.Where(parameter => parameter.TextAt("in") == "formData")];
        if (fields.Length == 0)
            return null;
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.DistinctBy(field => field.TextAt("name"))
                .Select(field => KeyValuePair.Create(field.TextAt("name") ?? "", (JsonNode?)SchemaOf(field)))),
            ["required"] = new JsonArray([.. fields.Where(field => field.FlagAt("required") ?? false)
                .Select(field => JsonValue.Create(field.TextAt("name") ?? ""))]),
        };
        string[] forms = [.. consumes.Where(type => type.Contains("form", StringComparison.Ordinal))];
        // OpenAPI 2 sends a file in parts; fields alone are a form.
        var fallback = fields.Any(field => field.TextAt("type") == "file") ? "multipart/form-data" : "application/x-www-form-urlencoded";
        return new()
        {
            ["required"] = fields.Any(field => field.FlagAt("required") ?? false),
            ["content"] = ContentOf(forms.Length == 0 ? [fallback] : forms, schema, EncodingOf(fields))
        };
    }

    private static JsonObject EncodingOf(JsonObject[] fields)
    {
        var encoding = new JsonObject();
        foreach (var field in fields.Where(field => field.TextAt("type") == "array"))
        {
            var lifted = new JsonObject();
            AddStyle(lifted, field.TextAt("collectionFormat") ?? "csv", isForm: true);
            encoding[field.TextAt("name") ?? ""] = lifted;
        }
        return encoding;
    }

    private static JsonObject ResponseOf(JsonObject written, string[] produces)
    {
        var response = new JsonObject();
        if (written["schema"] is { } schema)
            response["content"] = ContentOf(produces, schema);
        if (written["headers"] is JsonObject headers)
            response["headers"] =
                new JsonObject(headers.Select(header =>
                KeyValuePair.Create(header.Key,
                (JsonNode?)new JsonObject { ["schema"] = header.Value is JsonObject described ? HeaderOf(described) : null })));
        return response;
    }

    private static JsonObject ContentOf(string[] types, JsonNode? schema, JsonObject? encoding = null) =>
        new(types.Distinct().Select(type => KeyValuePair.Create(type, (JsonNode?)new JsonObject
        {
            ["schema"] = schema?.DeepClone(),
            ["encoding"] = encoding?.DeepClone() ?? new JsonObject(),
        })));

    // A header has no style: how the items of its list are written stays with the schema, as it does for lists in lists.
    private static JsonObject HeaderOf(JsonObject written)
    {
        var schema = SchemaOf(written);
        if (written["collectionFormat"] is { } format)
            schema["collectionFormat"] = format.DeepClone();
        return schema;
    }

    // What is no body has its schema's keywords beside its own.
    private static JsonObject SchemaOf(JsonObject written)
    {
        var schema = new JsonObject(written.Where(field => !NotOfTheSchema.Contains(field.Key))
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        // OpenAPI 3 has no such type.
        if (schema.TextAt("type") == "file")
            (schema["type"], schema["format"]) = ("string", "binary");
        return schema;
    }

    private static JsonNode? Follow(JsonNode? node, JsonObject root) => new ApiResolver(root, "2.0").Follow(node);
}
