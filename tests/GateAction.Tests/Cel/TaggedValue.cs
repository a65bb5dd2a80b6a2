using System.Globalization;
using System.Text.Json;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>The values of ../shared/cel/conformance.json, tagged with their types, and values as text that tells types and signs of zero apart.</summary>
internal static class TaggedValue
{
    public static Value Read(JsonElement tagged)
    {
        var (type, json) = (tagged.EnumerateObject().First().Name, tagged.EnumerateObject().First().Value);
        return type switch
        {
            "int" => Value.Int(long.Parse(json.GetString()!, CultureInfo.InvariantCulture)),
            "uint" => Value.UInt(ulong.Parse(json.GetString()!, CultureInfo.InvariantCulture)),
            "double" => Value.Double(double.Parse(json.GetString()!, CultureInfo.InvariantCulture)),
            "string" => Value.String(json.GetString()!),
            "bytes" => Value.Bytes(Convert.FromHexString(json.GetString()!)),
            "bool" => Value.Bool(json.GetBoolean()),
            "null" => Value.Null,
            "type" => Value.Type(json.GetString()!),
            "list" => Value.List(json.EnumerateArray().Select(Read).ToArray()),
            "map" => ReadMap(json),
            "duration_ns" => Durations.FromNanos(Int128.Parse(json.GetString()!, CultureInfo.InvariantCulture)),
            "timestamp_ns" => Timestamps.FromNanos(Int128.Parse(json.GetString()!, CultureInfo.InvariantCulture)),
            _ => throw new InvalidOperationException($"no such tag: {type}"),
        };
    }

    public static string Write(Value value) => value.Kind switch
    {
        ValueKind.List => $"[{string.Join(", ", value.AsList.Select(Write))}]",
        ValueKind.Map => $"{{{string.Join(", ", value.AsMap.Entries.Select(entry => $"{Write(entry.Key)}: {Write(entry.Value)}").Order(StringComparer.Ordinal))}}}",
        ValueKind.Double => $"double {value.AsDouble.ToString("R", CultureInfo.InvariantCulture)}",
        ValueKind.Duration or ValueKind.Timestamp => $"{value.Kind} {value.Seconds} {value.Nanos}",
        ValueKind.Error => "error",
        _ => $"{value.TypeName} {value}",
    };

    private static Value ReadMap(JsonElement pairs)
    {
        var entries = pairs.EnumerateArray().Select(pair => KeyValuePair.Create(Read(pair[0]), Read(pair[1]))).ToList();
        return ValueMap.TryCreate(entries, out var map, out _) ? Value.Map(map) : throw new InvalidOperationException("a key comes twice");
    }
}
