using System.Globalization;
using System.Text.Json.Nodes;

namespace GateAction.Tests.GitHub.Contract;

/// <summary>Checks a document against a schema of an OpenAPI 3.0 description; what it finds is a list of sentences.</summary>
internal sealed class JsonSchemaCheck(JsonObject components)
{
    public List<string> Check(JsonNode? value, JsonNode schema, string at)
    {
        var found = new List<string>();
        Check(value, Resolve(schema), at, found);
        return found;
    }

    private void Check(JsonNode? value, JsonObject schema, string at, List<string> found)
    {
        if (value is null)
        {
            if (!IsNullable(schema))
                found.Add($"{at} is null");
            return;
        }
        foreach (var part in Parts(schema, "allOf"))
            Check(value, part, at, found);
        CheckAlternatives(value, schema, at, found);
        if (schema["type"] is JsonValue type && !IsOfType(value, (string)type!))
        {
            found.Add($"{at} is {value.GetValueKind()}, not {type}");
            return;
        }
        CheckValue(value, schema, at, found);
        if (value is JsonObject map)
            CheckObject(map, schema, at, found);
        if (value is JsonArray list && schema["items"] is { } items)
        {
            for (var index = 0; index < list.Count; index++)
                Check(list[index], Resolve(items), $"{at}[{index}]", found);
        }
    }

    private void CheckAlternatives(JsonNode value, JsonObject schema, string at, List<string> found)
    {
        List<JsonObject> alternatives = [.. Parts(schema, "oneOf"), .. Parts(schema, "anyOf")];
        if (alternatives is [])
            return;
        var problems = alternatives.Select(alternative => Check(value, alternative, at)).ToList();
        if (problems.TrueForAll(list => list.Count > 0))
            found.Add($"{at} fits none of {alternatives.Count} alternatives; the nearest says: {problems.MinBy(list => list.Count)![0]}");
    }

    private static void CheckValue(JsonNode value, JsonObject schema, string at, List<string> found)
    {
        if (schema["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, value)))
            found.Add($"{at} is {value.ToJsonString()}, none of {choices.ToJsonString()}");
        if (value.GetValueKind() == System.Text.Json.JsonValueKind.String)
        {
            var text = (string)value!;
            if (schema["maxLength"] is { } most && text.Length > (int)most)
                found.Add($"{at} has {text.Length} characters, {most} are allowed");
            if ((string?)schema["format"] == "date-time" && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _))
                found.Add($"{at} is '{text}', no date-time");
        }
        if (value is JsonArray list && schema["maxItems"] is { } mostItems && list.Count > (int)mostItems)
            found.Add($"{at} has {list.Count} items, {mostItems} are allowed");
    }

    private void CheckObject(JsonObject value, JsonObject schema, string at, List<string> found)
    {
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(name => (string)name!).Where(name => !value.ContainsKey(name)))
            found.Add($"{at}.{name} is missing");
        var properties = schema["properties"] as JsonObject;
        foreach (var (name, member) in value)
        {
            if (properties?[name] is { } property)
                Check(member, Resolve(property), $"{at}.{name}", found);
            else if (schema["additionalProperties"] is JsonValue closed && closed.TryGetValue<bool>(out var open) && !open)
                found.Add($"{at}.{name} is not described");
        }
    }

    private IEnumerable<JsonObject> Parts(JsonObject schema, string name) =>
        (schema[name] as JsonArray ?? []).Select(part => Resolve(part!));

    private bool IsNullable(JsonObject schema) => (bool?)schema["nullable"] == true
        || schema["type"] is null && (Parts(schema, "oneOf").Concat(Parts(schema, "anyOf")).Any(IsNullable) || (schema.Count == 0));

    private static bool IsOfType(JsonNode value, string type) => (type, value.GetValueKind()) switch
    {
        ("object", System.Text.Json.JsonValueKind.Object) => true,
        ("array", System.Text.Json.JsonValueKind.Array) => true,
        ("string", System.Text.Json.JsonValueKind.String) => true,
        ("boolean", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => true,
        ("number", System.Text.Json.JsonValueKind.Number) => true,
        ("integer", System.Text.Json.JsonValueKind.Number) => value.AsValue().TryGetValue<long>(out _),
        _ => false,
    };

    private JsonObject Resolve(JsonNode schema) => schema["$ref"] is { } reference
        ? Resolve(components[((string)reference!).Split('/')[^2]]![((string)reference!).Split('/')[^1]]!)
        : (JsonObject)schema;
}
