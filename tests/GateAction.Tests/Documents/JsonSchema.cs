using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GateAction.Tests.Documents;

/// <summary>Holds a document against a JSON Schema, as far as the schemas of this repository use the language; an unknown keyword is an error.</summary>
internal sealed class JsonSchema(JsonNode root)
{
    private static readonly HashSet<string> Known =
        ["$schema", "$id", "$defs", "$ref", "title", "description", "type", "const", "enum", "required", "properties", "additionalProperties", "items", "anyOf", "pattern", "minimum", "maximum"];

    public static JsonSchema Of(string file) => new(JsonNode.Parse(File.ReadAllText(Path.Combine(TestFiles.Repository, "schema", file)))!);

    public IReadOnlyList<string> Problems(string document) => [.. Check(root.AsObject(), JsonNode.Parse(document), "$")];

    private IEnumerable<string> Check(JsonObject schema, JsonNode? value, string path)
    {
        var unknown = schema.Select(entry => entry.Key).Where(keyword => !Known.Contains(keyword)).Select(keyword => $"{path}: keyword {keyword} is not checked");
        var target = schema["$ref"] is { } reference ? Check(Resolve((string)reference!), value, path) : [];
        var any = schema["anyOf"] is JsonArray options && !options.Any(option => !Check(option!.AsObject(), value, path).Any()) ? [$"{path}: fits no option"] : Array.Empty<string>();
        return [.. unknown, .. target, .. any, .. CheckValue(schema, value, path), .. CheckObject(schema, value as JsonObject, path), .. CheckItems(schema, value as JsonArray, path)];
    }

    private static IEnumerable<string> CheckValue(JsonObject schema, JsonNode? value, string path)
    {
        if (schema["type"] is { } type && !Types(type).Any(name => Is(name, value)))
            yield return $"{path}: is no {type}";
        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
            yield return $"{path}: is not {constant}";
        if (schema["enum"] is JsonArray names && !names.Any(name => JsonNode.DeepEquals(name, value)))
            yield return $"{path}: '{value}' is none of {names.ToJsonString()}";
        if (schema["pattern"] is { } pattern && !(value is JsonValue text && text.TryGetValue<string>(out var found) && Regex.IsMatch(found, (string)pattern!)))
            yield return $"{path}: '{value}' does not match {pattern}";
        if (schema["minimum"] is { } minimum && (double)value! < (double)minimum)
            yield return $"{path}: is below {minimum}";
        if (schema["maximum"] is { } maximum && (double)value! > (double)maximum)
            yield return $"{path}: is above {maximum}";
    }

    private IEnumerable<string> CheckObject(JsonObject schema, JsonObject? value, string path)
    {
        if (value is null)
            return [];
        var properties = schema["properties"] as JsonObject ?? [];
        var missing = (schema["required"] as JsonArray ?? []).Where(name => !value.ContainsKey((string)name!)).Select(name => $"{path}: '{name}' is missing");
        return missing.Concat(value.SelectMany(entry => CheckField(schema, properties, entry, path)));
    }

    private IEnumerable<string> CheckField(JsonObject schema, JsonObject properties, KeyValuePair<string, JsonNode?> entry, string path)
    {
        if (properties[entry.Key] is JsonObject property)
            return Check(property, entry.Value, $"{path}.{entry.Key}");
        return schema["additionalProperties"] switch
        {
            JsonObject other => Check(other, entry.Value, $"{path}.{entry.Key}"),
            JsonValue allowed when !(bool)allowed => [$"{path}: '{entry.Key}' is not described"],
            _ => [],
        };
    }

    private IEnumerable<string> CheckItems(JsonObject schema, JsonArray? value, string path) =>
        value is not null && schema["items"] is JsonObject items ? value.SelectMany((item, index) => Check(items, item, $"{path}[{index}]")) : [];

    private JsonObject Resolve(string reference) => reference.TrimStart('#', '/').Split('/').Aggregate(root, (node, step) => node[step]!).AsObject();

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray several ? several.Select(name => (string)name!) : [(string)type!];

    private static bool Is(string type, JsonNode? value) => type switch
    {
        "integer" => value is JsonValue number && number.TryGetValue<long>(out _),
        _ => (value is null ? "null" : value.GetValueKind().ToString().ToLowerInvariant().Replace("true", "boolean").Replace("false", "boolean")) == type,
    };
}
