using System.Text.Json.Nodes;

namespace GateAction.Sources.OpenApi;

/// <summary>Reads the parts of an object that may hold anything.</summary>
internal static class JsonParts
{
    public static string? TextAt(this JsonObject map, string name) =>
        map[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Null where it is absent or neither true nor false.</summary>
    public static bool? FlagAt(this JsonObject map, string name) =>
        map[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    /// <summary>Null where it is no number. What is beyond a decimal is the greatest or the least one.</summary>
    public static decimal? NumberAt(this JsonObject map, string name) => map[name] is { } node ? NumberOf(node) : null;

    public static decimal? NumberOf(JsonNode node)
    {
        if (node is not JsonValue value || value.GetValueKind() != System.Text.Json.JsonValueKind.Number)
            return null;
        var (text, culture) = (value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
        // A decimal, because 0.3 is no multiple of 0.1 for doubles (0.3 % 0.1 is 0.09999999999999998).
        if (decimal.TryParse(text, System.Globalization.NumberStyles.Float, culture, out var number))
            return number;
        // .NET writes [Range(0, double.MaxValue)] as `maximum: 1.7976931348623157E+308`, which no decimal holds.
        return double.TryParse(text, culture, out var large) ? large > 0 ? decimal.MaxValue : decimal.MinValue : null;
    }

    public static IEnumerable<string> TextsAt(this JsonObject map, string name) => map[name] is JsonArray list ? TextsOf(list) : [];

    public static IEnumerable<string> TextsOf(JsonArray list) =>
        list.Select(item => item is JsonValue value && value.TryGetValue<string>(out var text) ? text : null).OfType<string>();
}
