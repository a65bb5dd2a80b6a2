using GateAction.Cel.Values;

namespace GateAction.Commands;

/// <summary>The facts under a variable as a condition writes them, with their values: <c>backend.latency.p95  812ms</c>.</summary>
internal static class FactPaths
{
    private const int Depth = 6;
    private const int ListLimit = 3;

    public static IEnumerable<(string Path, string Text)> Of(string path, Value value, int depth = 0)
    {
        if (depth < Depth && value.Kind == ValueKind.Map && value.AsMap.Count > 0)
            return value.AsMap.Entries.SelectMany(entry => Of(path + Field(entry.Key), entry.Value, depth + 1));
        if (depth < Depth && value.Kind == ValueKind.List && value.AsList.Any(item => item.Kind == ValueKind.Map))
            return Items(path, value.AsList, depth);
        return [(path, ValueText.Short(value))];
    }

    private static IEnumerable<(string Path, string Text)> Items(string path, IReadOnlyList<Value> items, int depth)
    {
        var shown = items.Take(ListLimit).SelectMany((item, index) => Of($"{path}[{index}]", item, depth + 1));
        return items.Count > ListLimit ? shown.Append(($"{path}[…]", $"{items.Count} items")) : shown;
    }

    private static string Field(Value key)
    {
        var isPlain = key.Kind == ValueKind.String
            && key.AsString.Length > 0
            && !char.IsAsciiDigit(key.AsString[0])
            && key.AsString.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
            && key.AsString is not ("in" or "true" or "false" or "null");
        return isPlain ? $".{key.AsString}" : $"[{key}]";
    }
}
