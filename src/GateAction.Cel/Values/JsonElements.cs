using System.Globalization;
using System.Text.Json;

namespace GateAction.Cel.Values;

/// <summary>Reads parts of a JSON document along a path of names; what is absent, null or of another type is null or empty.</summary>
internal static class JsonElements
{
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }
        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    public static string? TextAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.String } text ? TextOf(text) : null;

    public static bool IsTrueAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.True };

    /// <summary>An integer, also one written as text: Google's APIs write 64 bits so.</summary>
    public static long? IntAt(this JsonElement element, params ReadOnlySpan<string> path) => element.At(path) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var value) => value,
        { ValueKind: JsonValueKind.String } text
            when long.TryParse(TextOf(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    public static DateTimeOffset? TimeAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(element.TextAt(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : null;

    public static IEnumerable<JsonElement> ItemsAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<(string Name, string Value)> TextsAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Object } map
            ? map.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String)
            .Select(entry => (entry.Name, TextOf(entry.Value)))
            : [];

    // GetString throws for half a surrogate pair, which any server may send.
    private static string TextOf(JsonElement text) => ValueJson.Read(text).AsString;
}
