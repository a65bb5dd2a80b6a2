using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GateAction.Sources.OpenApi.Schemas;

/// <summary>A value that a schema lists (<c>enum</c>, <c>const</c>), as JSON text in which equal numbers read the same.</summary>
internal static class SchemaValue
{
    public static string Of(JsonNode? value) => value is null ? "null"
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
            return Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string TextOf(string value) => JsonNode.Parse(value)!.GetValue<string>();
}
