using System.Globalization;
using System.Text.Json.Nodes;

namespace GateAction.Sources.OpenApi;

/// <summary>Looks at the <c>$ref</c>s of a document before anything follows them. Recursive types are fine; a reference to itself has no
/// meaning.</summary>
internal static class ApiReferences
{
    // The same as in ApiResolver: a longer chain would not be followed to its end, so it is refused as a circle is.
    private const int MaxHops = 64;

    /// <summary>A reference from which only references follow, round and round; null where there is none.</summary>
    public static string? FindCircle(JsonObject root) => All(root).Distinct().FirstOrDefault(reference => IsCircle(root, reference));

    /// <summary>The references that lead nowhere in the document.</summary>
    public static IReadOnlyList<string> FindDead(JsonObject root) =>
        [.. All(root).Distinct().Where(reference => Resolve(root, reference) is null)];

    private static bool IsCircle(JsonObject root, string reference)
    {
        var current = reference;
        for (var hops = 0; hops < MaxHops; hops++)
        {
            if (Resolve(root, current) is not JsonObject target || Of(target) is not { } next)
                return false;
            current = next;
        }
        return true;
    }

    // What is an example or a value is no part of the description, whatever it holds.
    private static IEnumerable<string> All(JsonNode root)
    {
        foreach (var map in Maps(root))
        {
            if (Of(map) is { } reference)
                yield return reference;
            if (map["$dynamicRef"] is JsonValue dynamic && dynamic.TryGetValue<string>(out var moving))
                yield return moving;
        }
    }

    /// <summary>The only schema that has the name as its <c>$anchor</c>; null where there are several: which one is meant depends on
    /// <c>$id</c>s, or on the way to a <c>$dynamicRef</c>.</summary>
    private static JsonObject? Anchor(JsonObject root, string name)
    {
        JsonObject[] found = [.. Maps(root).Where(map => map.TextAt("$anchor") == name || map.TextAt("$dynamicAnchor") == name).Take(2)];
        return found is [var only] ? only : null;
    }

    private static IEnumerable<JsonObject> Maps(JsonNode root)
    {
        // No recursion: each node would pass through as many iterators as it lies deep.
        var rest = new Stack<(JsonNode? Node, string Key)>([(root, "")]);
        while (rest.TryPop(out var next))
        {
            if (next.Node is JsonObject map)
            {
                yield return map;
                foreach (var (name, value) in map.Where(field => !ApiKeywords.IsForPeople(next.Key, field.Key)
                    && !ApiKeywords.IsValue(next.Key, field.Key)))
                    rest.Push((value, ApiKeywords.Below(next.Key, name)));
            }
            else if (next.Node is JsonArray list)
            {
                foreach (var item in list)
                    rest.Push((item, ""));
            }
        }
    }

    /// <summary>The reference that stands for the object; null where it is none.</summary>
    public static string? Of(JsonObject map) => map["$ref"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // JSON Pointer (RFC 6901) in the fragment of a URI.
    public static JsonNode? Resolve(JsonObject root, string reference)
    {
        if (reference == "#")
            return root;
        // Other files and hosts are never read: the document would choose whom the gate asks.
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
            return reference.StartsWith('#') ? Anchor(root, reference[1..]) : null;
        JsonNode? node = root;
        // RFC 6901, 4: '~1' before '~0', or '~01' would become '/' and not '~1'.
        foreach (var step in Uri.UnescapeDataString(reference[2..]).Split('/').Select(step => step.Replace("~1", "/").Replace("~0", "~")))
        {
            node = node switch
            {
                JsonObject map => map[step],
                JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < list.Count => list[index],
                _ => null,
            };
        }
        return node;
    }
}
