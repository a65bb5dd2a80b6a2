using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace GateAction.Sources.OpenApi;

/// <summary>A schema with its <c>allOf</c> parts taken together: what a value of it must be.</summary>
internal sealed class ApiShape
{
    private const int MaxParts = 200;
    private int _parts;

    private ApiShape()
    {
    }

    /// <summary>Null accepts any type.</summary>
    public JsonSchemaType? Types { get; private set; }

    public Dictionary<string, IOpenApiSchema> Properties { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>The values accepted, as JSON; null where they are not listed.</summary>
    public HashSet<string>? Values { get; private set; }

    public IOpenApiSchema? Items { get; private set; }

    /// <summary>True where no other properties than those named are accepted.</summary>
    public bool IsClosed { get; private set; }

    public List<IOpenApiSchema> Alternatives { get; } = [];

    public Dictionary<string, decimal> UpperBounds { get; } = [];

    public Dictionary<string, decimal> LowerBounds { get; } = [];

    public string? Pattern { get; private set; }

    public static ApiShape Of(IOpenApiSchema schema)
    {
        var shape = new ApiShape();
        shape.Add(schema, 0);
        return shape;
    }

    /// <summary>The name of a schema of the components; null for one that is written where it is used.</summary>
    public static string? NameOf(IOpenApiSchema schema) => (schema as OpenApiSchemaReference)?.Reference.Id;

    private void Add(IOpenApiSchema schema, int depth)
    {
        if (depth > 32 || ++_parts > MaxParts)
            return;
        Types = Narrow(Types, TypesOf(schema));
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            Properties.TryAdd(name, property);
        Required.UnionWith(schema.Required ?? new HashSet<string>());
        if (schema.Enum is { Count: > 0 } values)
            Values = [.. values.Select(value => value?.ToJsonString() ?? "null")];
        else if (schema.Const is { } only)
            Values = [JsonValue.Create(only).ToJsonString()];
        Items ??= schema.Items;
        IsClosed |= !schema.AdditionalPropertiesAllowed;
        Pattern ??= schema.Pattern;
        AddBounds(schema);
        Alternatives.AddRange([.. schema.OneOf ?? [], .. schema.AnyOf ?? []]);
        foreach (var part in schema.AllOf ?? [])
            Add(part, depth + 1);
    }

    private void AddBounds(IOpenApiSchema schema)
    {
        Bound(UpperBounds, "maximum", schema.Maximum);
        Bound(UpperBounds, "exclusiveMaximum", schema.ExclusiveMaximum);
        Bound(UpperBounds, "maxLength", schema.MaxLength);
        Bound(UpperBounds, "maxItems", schema.MaxItems);
        Bound(LowerBounds, "minimum", schema.Minimum);
        Bound(LowerBounds, "exclusiveMinimum", schema.ExclusiveMinimum);
        Bound(LowerBounds, "minLength", schema.MinLength);
        Bound(LowerBounds, "minItems", schema.MinItems);
    }

    private static void Bound(Dictionary<string, decimal> bounds, string name, object? value)
    {
        if (value is not null && decimal.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var number))
            bounds.TryAdd(name, number);
    }

    private static JsonSchemaType? Narrow(JsonSchemaType? one, JsonSchemaType? other) => one is { } a && other is { } b ? a & b : one ?? other;

    private static JsonSchemaType? TypesOf(IOpenApiSchema schema) => schema switch
    {
        { Type: { } type } => type.HasFlag(JsonSchemaType.Number) ? type | JsonSchemaType.Integer : type,
        { Properties.Count: > 0 } => JsonSchemaType.Object,
        { Items: not null } => JsonSchemaType.Array,
        _ => null,
    };
}
