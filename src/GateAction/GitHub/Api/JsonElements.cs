using System.Text.Json;

namespace GateAction.GitHub.Api;

/// <summary>Reads parts of a JSON document that may be absent, null or of another type.</summary>
internal static class JsonElements
{
    extension(JsonElement element)
    {
        public JsonElement? At(params ReadOnlySpan<string> path)
        {
            var current = element;
            foreach (var name in path)
            {
                if (current.ValueKind != JsonValueKind.Object || !current.TryGetProperty(name, out current))
                    return null;
            }
            return current.ValueKind == JsonValueKind.Null ? null : current;
        }

        public string? Text(params ReadOnlySpan<string> path) =>
            element.At(path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

        public long? Whole(params ReadOnlySpan<string> path) =>
            element.At(path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number) ? number : null;

        public bool IsTrue(params ReadOnlySpan<string> path) => element.At(path) is { ValueKind: JsonValueKind.True };

        public IReadOnlyList<JsonElement> Items(params ReadOnlySpan<string> path) =>
            element.At(path) is { ValueKind: JsonValueKind.Array } found ? [.. found.EnumerateArray()] : [];
    }
}
