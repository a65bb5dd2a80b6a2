using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>The named mappings of a JSON Schema (its <c>$defs</c>), each written once.</summary>
internal sealed class SchemaDefinitions
{
    private readonly Dictionary<string, JsonObject> _definitions = [];
    private readonly List<IDescribedMapping> _mappings = [];

    /// <summary>Every mapping that was referred to, in the order of the first reference.</summary>
    public IReadOnlyList<IDescribedMapping> Mappings => _mappings;

    /// <summary>What a mapping of that name is called there.</summary>
    public static string KeyOf(string name) => name.Replace(' ', '-');

    public JsonObject Reference(IDescribedMapping mapping)
    {
        var key = KeyOf(mapping.Name);
        // Its name is taken before it is written, so that one which holds itself has an end.
        if (_definitions.TryAdd(key, []))
        {
            _mappings.Add(mapping);
            _definitions[key] = Define(mapping);
        }
        return new() { ["$ref"] = $"#/$defs/{key}" };
    }

    /// <summary>What stands in many places, by a name of its own.</summary>
    public JsonObject Reference(string name, Syntax syntax)
    {
        if (_definitions.TryAdd(name, []))
            _definitions[name] = syntax.Schema(this);
        return new() { ["$ref"] = $"#/$defs/{name}" };
    }

    /// <summary>The definitions in the order of their names.</summary>
    public JsonObject ToJson() =>
        new(_definitions.OrderBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value)));

    private JsonObject Define(IDescribedMapping mapping)
    {
        var fields = mapping.Describe();
        var properties = new JsonObject();
        foreach (var field in fields.Where(field => field.Presence != Presence.Unread))
            properties[field.Name] = Property(field);
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        foreach (var field in fields)
        {
            if (field.Syntax is UnreadSyntax unread)
                schema["patternProperties"] = new JsonObject { [$"^{unread.Prefix}"] = Property(field) };
        }
        var required = fields.Where(field => field.Presence == Presence.Required).Select(field => (JsonNode)field.Name).ToArray();
        if (required.Length > 0)
            schema["required"] = new JsonArray(required);
        foreach (var group in fields.Where(field => field.Presence == Presence.OneOfGroup).GroupBy(field => field.Group))
            schema["oneOf"] = new JsonArray(
                [.. group.Select(field => new JsonObject { ["required"] = new JsonArray((JsonNode)field.Name) })]);
        return schema;
    }

    private JsonObject Property(Field field)
    {
        var schema = field.Syntax.Schema(this);
        schema["description"] = field.Sentence;
        if (field.Default is { } fallback)
            schema["default"] = fallback.DeepClone();
        return schema;
    }
}

/// <summary>A mapping as schema and docs see it, whatever it is read to.</summary>
internal interface IDescribedMapping
{
    string Name { get; }

    IReadOnlyList<Field> Describe();
}
