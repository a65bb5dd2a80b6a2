using System.Text.Json.Nodes;

namespace GateAction.Sources.OpenApi.Schemas;

/// <summary>Takes the parts of a schema together into one shape.</summary>
/// <param name="settled">The <c>oneOf</c>s and <c>anyOf</c>s of which a choice is among the parts.</param>
internal sealed class SchemaFlattening(ApiResolver resolver, HashSet<JsonArray> settled, Action<string> onUnread)
{
    private const int MaxDepth = 200;
    private readonly SchemaShape _shape = new();
    private readonly HashSet<JsonNode> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>What is left to choose, and whether null is accepted beside it.</summary>
    public List<(JsonArray Choice, bool AcceptsNull)> Choices { get; } = [];

    public SchemaShape Flatten(IEnumerable<JsonNode> parts)
    {
        var limits = new SchemaLimits(SchemaTypes.Any, null);
        foreach (var part in parts)
            limits = limits.And(Add(part, 0));
        (_shape.Types, _shape.Values) = (limits.Types, limits.Values);
        SettleRest();
        return _shape;
    }

    private SchemaLimits Add(JsonNode? schema, int depth)
    {
        if (schema is JsonValue flag && flag.TryGetValue<bool>(out var accepts))
            return new(accepts ? SchemaTypes.Any : SchemaTypes.None, null);
        if (depth > MaxDepth || schema is not JsonObject map)
        {
            onUnread(depth > MaxDepth
                ? $"schemas are nested more than {MaxDepth} deep"
                : $"'{Cut(schema)}' stands where a schema is expected");
            // Anything, so that no change is said of what was not read.
            return new(SchemaTypes.Any, null);
        }
        // A schema that comes back in its own allOf asks for nothing more.
        if (!_seen.Add(map))
            return new(SchemaTypes.Any, null);
        if (ApiReferences.Of(map) is not { } reference)
            return AddOwn(map, depth);
        // A dead reference is known by itself.
        var target = resolver.Resolve(reference) is { } found ? Add(found, depth + 1) : new(SchemaTypes.Any, null);
        return resolver.CountsSiblings ? target.And(AddOwn(map, depth)) : target;
    }

    // They speak of what no other keyword has spoken of, so one beside `items` or `additionalProperties` says nothing.
    private void SettleRest()
    {
        if (_shape.Items.Count == 0)
            _shape.Items.AddRange(_shape.UnevaluatedItems);
        if (!_shape.IsClosed && !_shape.IsDeclaredOpen && _shape.Others.Count == 0)
            foreach (var others in _shape.UnevaluatedProperties)
                AddOthers(others);
    }

    private void AddOthers(JsonNode others)
    {
        if (others is JsonObject { Count: > 0 })
            _shape.Others.Add(others);
        else if (others is JsonValue value && value.TryGetValue<bool>(out var accepts) && !accepts)
            _shape.IsClosed = true;
        else
            _shape.IsDeclaredOpen = true;
    }

    private SchemaLimits AddOwn(JsonObject map, int depth)
    {
        var limits = new SchemaLimits(TypesOf(map), ValuesOf(map));
        foreach (var part in map["allOf"] as JsonArray ?? [])
            limits = limits.And(Add(part, depth + 1));
        // One anchor of the name in the whole document stands for itself, wherever the way came from; several are not read.
        if (map.TextAt("$dynamicRef") is { } moving && resolver.Resolve(moving) is { } target)
            limits = limits.And(Add(target, depth + 1));
        // `nullable` is OpenAPI 3.0's word, `x-nullable` what documents of OpenAPI 2 write, which has none.
        var acceptsNull = map.FlagAt("nullable") ?? map.FlagAt("x-nullable") ?? false;
        foreach (var name in (string[])["oneOf", "anyOf"])
        {
            if (map[name] is JsonArray { Count: > 0 } choice && !settled.Contains(choice))
                Choices.Add((choice, acceptsNull));
        }
        if (map.ContainsKey("discriminator") && !map.ContainsKey("oneOf") && !map.ContainsKey("anyOf")
            && resolver.ChildrenOf(map) is { Count: > 1 } children && !settled.Contains(children))
            Choices.Add((children, acceptsNull));
        AddNumbers(map);
        AddObject(map);
        AddArray(map);
        AddRest(map);
        return acceptsNull ? limits.OrNull() : limits;
    }

    // Without a type, keywords that only objects or lists have say it well enough.
    private SchemaTypes TypesOf(JsonObject map) => map["type"] switch
    {
        JsonArray list => list.Aggregate(SchemaTypes.None, (types, word) => types | TypeOf(word)),
        null when !map.ContainsKey("type") => TypesOfKeywords(map),
        var word => TypeOf(word),
    };

    // YAML reads `type: [string, null]` as a text and nothing.
    private SchemaTypes TypeOf(JsonNode? node)
    {
        var word = node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        if (node is null)
            return SchemaTypes.Null;
        if (SchemaTypeWords.Parse(word ?? "") is var type and not SchemaTypes.None)
            return type;
        if (word is not ("any" or ""))
            onUnread($"'{Cut(node)}' is no type of a schema");
        return SchemaTypes.Any;
    }

    private static SchemaTypes TypesOfKeywords(JsonObject map) => map switch
    {
        _ when map.ContainsKey("properties") || map.ContainsKey("patternProperties") || map["additionalProperties"] is JsonObject =>
            SchemaTypes.Object,
        _ when map.ContainsKey("items") || map.ContainsKey("prefixItems") => SchemaTypes.Array,
        _ => SchemaTypes.Any,
    };

    private static HashSet<string>? ValuesOf(JsonObject map)
    {
        HashSet<string>? only = map.ContainsKey("const") ? [SchemaValue.Of(map["const"])] : null;
        if (map["enum"] is not JsonArray { Count: > 0 } list)
            return only;
        HashSet<string> values = [.. list.Select(SchemaValue.Of)];
        if (only is not null)
            values.IntersectWith(only);
        return values;
    }

    private void AddNumbers(JsonObject map)
    {
        // OpenAPI 3.0 writes exclusiveMaximum as a flag beside maximum, 3.1 as a number of its own.
        foreach (var name in (string[])["maximum", "maxLength", "maxItems", "maxProperties", "maxContains", "exclusiveMaximum"])
        {
            if (map.NumberAt(name) is { } bound)
                SchemaShape.Tighten(_shape.UpperBounds, name == "maximum"
                    && map.FlagAt("exclusiveMaximum") is true ? "exclusiveMaximum" : name, bound, isUpper: true);
        }
        foreach (var name in (string[])["minimum", "minLength", "minItems", "minProperties", "exclusiveMinimum"])
        {
            if (map.NumberAt(name) is { } bound)
                SchemaShape.Tighten(_shape.LowerBounds, name == "minimum"
                    && map.FlagAt("exclusiveMinimum") is true ? "exclusiveMinimum" : name, bound, isUpper: false);
        }
        if (map.NumberAt("multipleOf") is { } multiple)
            _shape.Multiples.Add(multiple);
    }

    private void AddObject(JsonObject map)
    {
        AddAll(_shape.Properties, map["properties"]);
        AddAll(_shape.PatternProperties, map["patternProperties"]);
        AddAll(_shape.DependentSchemas, map["dependentSchemas"]);
        _shape.Required.UnionWith(map.TextsAt("required"));
        foreach (var (name, node) in map["dependentRequired"] as JsonObject ?? [])
        {
            if (!_shape.DependentRequired.TryGetValue(name, out var needs))
                _shape.DependentRequired.Add(name, needs = new(StringComparer.Ordinal));
            needs.UnionWith(node is JsonArray list ? JsonParts.TextsOf(list) : []);
        }
        if (map["additionalProperties"] is { } others)
            AddOthers(others);
        if (map["unevaluatedProperties"] is { } rest)
            _shape.UnevaluatedProperties.Add(rest);
        if (map["propertyNames"] is { } names)
            _shape.PropertyNames.Add(names);
    }

    private void AddArray(JsonObject map)
    {
        // Before JSON Schema 2020-12 a list of schemas in `items` meant what `prefixItems` means now.
        var prefix = map["prefixItems"] as JsonArray ?? map["items"] as JsonArray ?? [];
        for (var i = 0; i < prefix.Count; i++)
        {
            if (_shape.PrefixItems.Count == i)
                _shape.PrefixItems.Add([]);
            if (prefix[i] is { } item)
                _shape.PrefixItems[i].Add(item);
        }
        if (map["items"] is { } items and not JsonArray)
            _shape.Items.Add(items);
        if (map["unevaluatedItems"] is { } rest)
            _shape.UnevaluatedItems.Add(rest);
        if (map["contains"] is { } contained)
        {
            _shape.Contains.Add(contained);
            // JSON Schema 2020-12: without minContains one item must fit.
            SchemaShape.Tighten(_shape.LowerBounds, "minContains", map.NumberAt("minContains") ?? 1, isUpper: false);
        }
        if (map.TextAt("collectionFormat") is { } separator)
            _shape.Separator = separator;
        _shape.IsUnique |= map.FlagAt("uniqueItems") ?? false;
    }

    private void AddRest(JsonObject map)
    {
        // They ask for nothing, so a document without them says the same.
        if (map.TextAt("pattern") is { } pattern && pattern is not ("" or ".*" or "^.*$" or "^.*" or ".*$"))
            _shape.Patterns.Add(pattern);
        _shape.Format ??= map.TextAt("format");
        if (map.TextAt("contentEncoding") is not null || map.TextAt("contentMediaType") is not null)
            _shape.Encoding ??= $"{map.TextAt("contentMediaType")} {map.TextAt("contentEncoding")}".Trim();
        if (map["contentSchema"] is { } content)
            _shape.Contents.Add(content);
        _shape.IsReadOnly |= map.FlagAt("readOnly") ?? false;
        _shape.IsWriteOnly |= map.FlagAt("writeOnly") ?? false;
        if (map["not"] is { } excluded)
            _shape.Nots.Add(excluded);
        // An `if` alone asks for nothing (JSON Schema 2020-12, 10.2.2.1).
        if (map["if"] is not null && (map.ContainsKey("then") || map.ContainsKey("else")))
            _shape.Conditions.Add(map);
        foreach (var value in map["x-extensible-enum"] as JsonArray ?? [])
            _shape.OpenValues.Add(SchemaValue.Of(value));
        AddDiscriminator(map);
        AddXml(map);
    }

    private void AddDiscriminator(JsonObject map)
    {
        // OpenAPI 2 writes the property's name alone, OpenAPI 3 an object.
        _shape.Discriminator ??= map.TextAt("discriminator") ?? (map["discriminator"] as JsonObject)?.TextAt("propertyName");
        foreach (var (value, node) in (map["discriminator"] as JsonObject)?["mapping"] as JsonObject ?? [])
        {
            var target = node is JsonValue text && text.TryGetValue<string>(out var written) ? written : "";
            // A bare name means the schema of that name among the components (OpenAPI, Discriminator Object).
            _shape.DiscriminatorValues.TryAdd(value, target.Contains('/')
                || target.Contains('#') ? target : $"#/components/schemas/{target}");
        }
    }

    private void AddXml(JsonObject map)
    {
        if (map["xml"] is JsonObject xml)
            _shape.Xml ??= new(xml.TextAt("name") ?? "", xml.TextAt("namespace") ?? "",
                // `nodeType` is OpenAPI 3.2's word for what `attribute` said before.
                xml.FlagAt("attribute") ?? xml.TextAt("nodeType") == "attribute", xml.FlagAt("wrapped") ?? false);
    }

    private static void AddAll(Dictionary<string, List<JsonNode>> schemas, JsonNode? node)
    {
        foreach (var (name, schema) in node as JsonObject ?? [])
        {
            if (!schemas.TryGetValue(name, out var parts))
                schemas.Add(name, parts = []);
            if (schema is not null)
                parts.Add(schema);
        }
    }

    private static string Cut(JsonNode? node) =>
        node?.ToJsonString() is { Length: > 40 } text ? $"{text[..40]}…" : node?.ToJsonString() ?? "null";

    /// <summary>What a value itself may be.</summary>
    private readonly record struct SchemaLimits(SchemaTypes Types, HashSet<string>? Values)
    {
        public SchemaLimits And(SchemaLimits other) =>
            new(Types & other.Types, Values is null ? other.Values : other.Values is null ? Values : [.. Values.Intersect(other.Values)]);

        public SchemaLimits OrNull() => new(Types | SchemaTypes.Null, Values is null ? null : [.. Values, "null"]);
    }
}
