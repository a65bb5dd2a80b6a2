using System.Text.Json.Nodes;

namespace GateAction.Sources.OpenApi.Schemas;

/// <summary>The schemas that a value must fit together. Without any it is anything.</summary>
/// <param name="Key">The same for the same schemas.</param>
internal sealed record SchemaSet(SchemaReader Reader, IReadOnlyList<JsonNode> Parts, string Key)
{
    /// <summary>Each way that a value can be.</summary>
    public IReadOnlyList<SchemaShape> Shapes => Reader.ShapesOf(this);
}

/// <summary>Reads the schemas of one document.</summary>
internal sealed class SchemaReader(ApiResolver resolver, Action<string> onUnread)
{
    // Choices multiply: three `oneOf`s of six in one schema are 216 ways.
    private const int MaxShapes = 200;
    private readonly Dictionary<string, IReadOnlyList<SchemaShape>> _shapes = [];

    public ApiResolver Resolver => resolver;

    public SchemaSet Of(params IReadOnlyList<JsonNode> parts)
    {
        JsonNode[] targets = [.. parts.Select(TargetOf)];
        return new(this, targets, string.Join(',', targets.Select(resolver.NumberOf)));
    }

    public SchemaTypes TypesOf(JsonNode? schema) => schema is null ? SchemaTypes.Any : TypesOf([schema]);

    public SchemaTypes TypesOf(IReadOnlyList<JsonNode> parts) =>
        Of(parts).Shapes.Aggregate(SchemaTypes.None, (types, shape) => types | shape.Types);

    public IReadOnlyList<SchemaShape> ShapesOf(SchemaSet set)
    {
        if (!_shapes.TryGetValue(set.Key, out var shapes))
        {
            var found = new List<SchemaShape>();
            Expand([.. set.Parts], null, [], found);
            _shapes.Add(set.Key, shapes = found);
        }
        return shapes;
    }

    /// <summary>One shape for each choice; of a choice in an alternative the inner one gives the name.</summary>
    private void Expand(List<JsonNode> parts, string? name, HashSet<JsonArray> settled, List<SchemaShape> found)
    {
        if (found.Count >= MaxShapes)
        {
            onUnread($"a schema has more than {MaxShapes} combinations of its alternatives");
            return;
        }
        var flattening = new SchemaFlattening(resolver, settled, onUnread);
        var shape = flattening.Flatten(parts);
        if (flattening.Choices is not [var (choice, acceptsNull), ..])
        {
            shape.Name = name;
            shape.Settle();
            found.Add(shape);
            return;
        }
        var inner = new HashSet<JsonArray>(settled, ReferenceEqualityComparer.Instance) { choice };
        foreach (var alternative in choice)
        {
            if (alternative is null)
                onUnread("an alternative of a schema is null");
            else
                Expand([.. parts, alternative], NameOf(alternative) ?? name, inner, found);
        }
        if (acceptsNull)
            Expand([.. parts, new JsonObject { ["type"] = "null" }], "null", inner, found);
    }

    // Each use of a named schema is that schema, unless more stands beside the reference.
    private JsonNode TargetOf(JsonNode part) =>
        part is JsonObject map && ApiReferences.Of(map) is not null
        && (!resolver.CountsSiblings || map.All(field => field.Key == "$ref" || ApiKeywords.IsForPeople("", field.Key)))
        && resolver.Follow(part) is { } target ? target : part;

    private static string? NameOf(JsonNode schema) =>
        schema is JsonObject map && ApiReferences.Of(map) is { } reference
        ? reference[(reference.LastIndexOf('/') + 1)..].Replace("~1", "/").Replace("~0", "~")
        : null;
}
