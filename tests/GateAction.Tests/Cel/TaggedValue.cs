using System.Globalization;
using System.Text.Json;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>Values as the official cases write them (protobuf's JSON of cel.expr.Value), and values as text that tells types and signs of
/// zero apart.</summary>
internal static class TaggedValue
{
    public static Value Read(JsonElement tagged)
    {
        var (type, json) = (tagged.EnumerateObject().First().Name, tagged.EnumerateObject().First().Value);
        return type switch
        {
            "int64Value" => Value.Int(long.Parse(json.ToString(), CultureInfo.InvariantCulture)),
            "uint64Value" => Value.UInt(ulong.Parse(json.ToString(), CultureInfo.InvariantCulture)),
            "doubleValue" => Value.Double(double.Parse(json.ToString(), CultureInfo.InvariantCulture)),
            "stringValue" => Value.String(json.GetString()!),
            "bytesValue" => Value.Bytes(Convert.FromBase64String(json.GetString()!)),
            "boolValue" => Value.Bool(json.GetBoolean()),
            "nullValue" => Value.Null,
            "typeValue" => Value.Type(json.GetString()!),
            "listValue" => Value.List(Items(json, "values").Select(Read).ToArray()),
            "mapValue" => ReadMap(Items(json, "entries")),
            "objectValue" => ReadTime(json.GetProperty("@type").GetString()!, json.GetProperty("value").GetString()!),
            _ => throw new InvalidOperationException($"no such tag: {type}"),
        };
    }

    public static string Write(Value value) => value.Kind switch
    {
        ValueKind.List => $"[{string.Join(", ", value.AsList.Select(Write))}]",
        ValueKind.Map =>
            "{" + string.Join(", ", value.AsMap.Entries
                .Select(entry => $"{Write(entry.Key)}: {Write(entry.Value)}").Order(StringComparer.Ordinal)) + "}",
        ValueKind.Double => $"double {value.AsDouble.ToString("R", CultureInfo.InvariantCulture)}",
        ValueKind.Duration or ValueKind.Timestamp => $"{value.Kind} {value.Seconds} {value.Nanos}",
        ValueKind.Error => "error",
        _ => $"{value.TypeName} {value}",
    };

    private static JsonElement[] Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out var items) ? [.. items.EnumerateArray()] : [];

    private static Value ReadMap(JsonElement[] pairs)
    {
        var entries = pairs.Select(pair => KeyValuePair.Create(Read(pair.GetProperty("key")), Read(pair.GetProperty("value")))).ToList();
        return ValueMap.TryCreate(entries, out var map, out _) ? Value.Map(map) : throw new InvalidOperationException("a key comes twice");
    }

    // By way of the language itself, whose own conversions other cases hold against texts.
    private static Value ReadTime(string type, string text) =>
        CelTesting.Parse(type.EndsWith("Duration", StringComparison.Ordinal) ? $"duration('{text}')" : $"timestamp('{text}')")
        .Evaluate(new Scope(new Dictionary<string, Value>())).Value;
}
