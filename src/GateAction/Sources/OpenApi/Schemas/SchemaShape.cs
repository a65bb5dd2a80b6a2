using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GateAction.Sources.OpenApi.Schemas;

/// <summary>
/// One way that a value of a schema can be: its <c>allOf</c> parts and one choice of each <c>oneOf</c> and <c>anyOf</c> taken together.
/// Keywords of JSON Schema 2020-12; those of OpenAPI 2 and 3.0 are read as what they mean there.
/// </summary>
internal sealed class SchemaShape
{
    /// <summary>The name of the alternative that was chosen; null where there was no choice or it has none.</summary>
    public string? Name { get; set; }

    public SchemaTypes Types { get; set; } = SchemaTypes.Any;

    /// <summary>The values accepted, as JSON; null where they are not listed.</summary>
    public HashSet<string>? Values { get; set; }

    /// <summary>Values of an enumeration that may get more: <c>x-extensible-enum</c>.</summary>
    public HashSet<string> OpenValues { get; } = [];

    public Dictionary<string, List<JsonNode>> Properties { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<JsonNode>> PatternProperties { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HashSet<string>> DependentRequired { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<JsonNode>> DependentSchemas { get; } = new(StringComparer.Ordinal);

    /// <summary>What properties without a name may be: <c>additionalProperties</c> as a schema.</summary>
    public List<JsonNode> Others { get; } = [];

    /// <summary>True where no other properties than those named are accepted.</summary>
    public bool IsClosed { get; set; }

    /// <summary>What <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> say of what no other keyword speaks of.</summary>
    public List<JsonNode> UnevaluatedProperties { get; } = [];

    public List<JsonNode> UnevaluatedItems { get; } = [];

    /// <summary>True where <c>additionalProperties: true</c> is written.</summary>
    public bool IsDeclaredOpen { get; set; }

    public List<JsonNode> PropertyNames { get; } = [];

    public List<JsonNode> Items { get; } = [];

    public List<List<JsonNode>> PrefixItems { get; } = [];

    public List<JsonNode> Contains { get; } = [];

    public Dictionary<string, decimal> UpperBounds { get; } = [];

    public Dictionary<string, decimal> LowerBounds { get; } = [];

    public List<decimal> Multiples { get; } = [];

    public HashSet<string> Patterns { get; } = new(StringComparer.Ordinal);

    public string? Format { get; set; }

    public string? Encoding { get; set; }

    /// <summary>OpenAPI 2: how the items of a list are written that stands in a text.</summary>
    public string Separator { get; set; } = "csv";

    public SchemaXml? Xml { get; set; }

    /// <summary>What a text holds once it is decoded: <c>contentSchema</c>.</summary>
    public List<JsonNode> Contents { get; } = [];

    public bool IsUnique { get; set; }

    public bool IsReadOnly { get; set; }

    public bool IsWriteOnly { get; set; }

    public List<JsonNode> Nots { get; } = [];

    public List<JsonObject> Conditions { get; } = [];

    public string? Discriminator { get; set; }

    /// <summary>Values of the discriminator, and a reference to the schema that each means.</summary>
    public Dictionary<string, string> DiscriminatorValues { get; } = new(StringComparer.Ordinal);

    /// <summary>True where nothing is said of the type.</summary>
    public bool IsAnything => Types == SchemaTypes.Any;

    public bool HasNamedProperties => Properties.Count + PatternProperties.Count > 0;

    /// <summary>The types of the values that are listed, else those accepted.</summary>
    public SchemaTypes TypesOfValues => Values?.Aggregate(SchemaTypes.None, (types, value) => types | SchemaValue.TypeOf(value)) ?? Types;

    private bool HasFraction => Types != SchemaTypes.Any && Types.HasFlag(SchemaTypes.Fraction);

    /// <summary>The same shape for some of its values only.</summary>
    public SchemaShape Only(SchemaTypes types, HashSet<string>? values)
    {
        var part = (SchemaShape)MemberwiseClone();
        (part.Types, part.Values) = (types, values);
        return part;
    }

    /// <summary>What the value may be once all is said: values of an accepted type, the types of the values, and for whole numbers bounds
    /// that hold their ends.</summary>
    public void Settle()
    {
        // A listed value of another type than the schema's can never come.
        Values?.RemoveWhere(value => (SchemaValue.TypeOf(value) & Types) == 0);
        if (Values is not null && !HasFraction)
            Types &= TypesOfValues;
        if ((Types & SchemaTypes.Number) != SchemaTypes.Integer)
            return;
        // An integer below 10 is one of at most 9: both ways to write it compare as equal.
        if (UpperBounds.Remove("exclusiveMaximum", out var above))
            Tighten(UpperBounds, "maximum", Math.Ceiling(above) - 1, isUpper: true);
        if (LowerBounds.Remove("exclusiveMinimum", out var below))
            Tighten(LowerBounds, "minimum", Math.Floor(below) + 1, isUpper: false);
    }

    public static void Tighten(Dictionary<string, decimal> bounds, string name, decimal value, bool isUpper)
    {
        if (!bounds.TryGetValue(name, out var old) || (isUpper ? value < old : value > old))
            bounds[name] = value;
    }
}

/// <summary>How a value is written in XML.</summary>
/// <param name="Name">Empty if it has the name of its property.</param>
internal sealed record SchemaXml(string Name, string Namespace, bool IsAttribute, bool IsWrapped)
{
    /// <summary>The same with the name that it has where none is given.</summary>
    public SchemaXml Named(string name) => Name.Length > 0 ? this : this with { Name = name };

    public override string ToString() =>
        $"{(IsAttribute ? "the attribute" : "the element")} "
        + $"'{Name}'{(Namespace.Length > 0 ? $" of {Namespace}" : "")}{(IsWrapped ? ", wrapped" : "")}";
}

/// <summary>A value that a schema lists (<c>enum</c>, <c>const</c>), as JSON text in which equal numbers read the same.</summary>
internal static class SchemaValue
{
    public static string Of(JsonNode? value) => value is null ? "null"
        // The division takes the zeros off a decimal's end: 1.50 and 1.5 are one value.
        : JsonParts.NumberOf(value) is { } number ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
        : value.ToJsonString();

    public static SchemaTypes TypeOf(string value) => value[0] switch
    {
        'n' => SchemaTypes.Null,
        't' or 'f' => SchemaTypes.Boolean,
        '"' => SchemaTypes.String,
        '{' => SchemaTypes.Object,
        '[' => SchemaTypes.Array,
        _ => value.Contains('.', StringComparison.Ordinal) ? SchemaTypes.Fraction : SchemaTypes.Integer,
    };

    /// <summary>As it is written where there is only text: without quotes.</summary>
    public static string AsText(string value) => TypeOf(value) == SchemaTypes.String ? TextOf(value) : value;

    /// <summary>True where a shape certainly accepts the value, whatever it lists.</summary>
    public static bool FitsLimits(string value, SchemaShape shape) => TypeOf(value) switch
    {
        SchemaTypes.Null or SchemaTypes.Boolean => true,
        SchemaTypes.String => FitsText(TextOf(value), shape),
        SchemaTypes.Integer or SchemaTypes.Fraction => FitsNumber(value, shape),
        _ => false,
    };

    private static bool FitsText(string text, SchemaShape shape)
    {
        // JSON Schema counts code points. A text has no fewer of them than text elements, and no more than UTF-16 units:
        // each bound takes the count that is harder to meet, because the answer must be certain.
        var length = new StringInfo(text).LengthInTextElements;
        return (!shape.UpperBounds.TryGetValue("maxLength", out var most) || text.Length <= most)
            && (!shape.LowerBounds.TryGetValue("minLength", out var least) || length >= least)
            && shape.Patterns.All(pattern => Fits(pattern, text));
    }

    private static bool FitsNumber(string value, SchemaShape shape)
    {
        if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return false;
        return (!shape.UpperBounds.TryGetValue("maximum", out var most) || number <= most)
            && (!shape.UpperBounds.TryGetValue("exclusiveMaximum", out var below) || number < below)
            && (!shape.LowerBounds.TryGetValue("minimum", out var least) || number >= least)
            && (!shape.LowerBounds.TryGetValue("exclusiveMinimum", out var above) || number > above)
            && shape.Multiples.All(multiple => multiple == 0 || number % multiple == 0);
    }

    private static bool Fits(string pattern, string text)
    {
        try
        {
            // The pattern is the document's own: without backtracking none takes forever.
            return Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        // Look-arounds and back references exist in ECMA-262 only: whether the text fits is then not certain.
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string TextOf(string value) => JsonNode.Parse(value)!.GetValue<string>();
}
