using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GateAction.Cel.Values;

/// <summary>
/// Values as JSON and back. Durations are written <c>"0.812s"</c>, timestamps in RFC 3339 with <c>Z</c>, bytes in base64, NaN and the
/// infinities and types as strings, keys as text. Read back with a <see cref="FactType"/>, durations and timestamps are typed again.
/// </summary>
public static class ValueJson
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value with only JSON's types: integers that fit become <c>int</c>, other numbers <c>double</c>, and what is only near one
    /// keeps its text.</summary>
    public static Value Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => Value.True,
        JsonTokenType.False => Value.False,
        JsonTokenType.Number => Number(Raw(ref reader)),
        JsonTokenType.String => Value.String(JsonText.Decode(Raw(ref reader))),
        JsonTokenType.StartArray => ReadList(ref reader),
        JsonTokenType.StartObject => ReadMap(ref reader),
        _ => Value.Null,
    };

    public static Value Read(JsonElement json)
    {
        // How deep it may be was checked when the document was parsed.
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(json), new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        return Read(ref reader);
    }

    /// <summary>A value of the type that a kind declares for it; what does not have the form of that type is read as plain JSON.</summary>
    public static Value Read(JsonElement json, FactType type) => Typed(Read(json), type);

    /// <summary>
    /// A number of JSON (RFC 8259, 6) as it is written: an integer that fits is <c>int</c>, another number <c>double</c>, with its text
    /// where that is only near it.
    /// </summary>
    public static Value Number(ReadOnlySpan<byte> utf8)
    {
        if (Utf8Parser.TryParse(utf8, out long whole, out var read) && read == utf8.Length)
            return Value.Int(whole);
        var number = double.Parse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (utf8.ContainsAny((byte)'.', (byte)'e', (byte)'E') && double.IsFinite(number) && number != 0)
            return Value.Double(number);
        var text = Encoding.ASCII.GetString(utf8);
        return ExactNumbers.IsLost(number, text) ? Value.Double(number, text) : Value.Double(number);
    }

    /// <summary>Parses UTF-8 JSON. Throws <see cref="JsonException"/> for text that is not JSON or is nested deeper than 64
    /// levels.</summary>
    public static Value Read(ReadOnlyMemory<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8.Span);
        reader.Read();
        var value = Read(ref reader);
        // A second value behind the first is no JSON: the reader throws.
        reader.Read();
        return value;
    }

    public static Value Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                writer.WriteNullValue();
                break;
            case ValueKind.Bool:
                writer.WriteBooleanValue(value.AsBool);
                break;
            case ValueKind.Int:
                writer.WriteNumberValue(value.AsInt);
                break;
            case ValueKind.UInt:
                writer.WriteNumberValue(value.AsUInt);
                break;
            case ValueKind.Double when value.Exact is { } exact:
                // It was a number of JSON when it was read.
                writer.WriteRawValue(exact, skipInputValidation: true);
                break;
            case ValueKind.Double when double.IsFinite(value.AsDouble):
                writer.WriteRawValue(Text(value.AsDouble), skipInputValidation: true);
                break;
            case ValueKind.List:
                WriteList(writer, value.AsList);
                break;
            case ValueKind.Map:
                WriteMap(writer, value.AsMap);
                break;
            default:
                writer.WriteStringValue(AsText(value));
                break;
        }
    }

    /// <summary>On one line.</summary>
    public static string Write(Value value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, OneLine))
            Write(writer, value);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    internal static string Name(JsonProperty property) => JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(property));

    internal static string Name(ref Utf8JsonReader reader) => JsonText.Decode(Raw(ref reader));

    private static Value ReadList(ref Utf8JsonReader reader)
    {
        var items = new List<Value>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Read(ref reader));
        return Value.List(items.ToArray());
    }

    private static Value ReadMap(ref Utf8JsonReader reader)
    {
        var entries = new List<(string, Value)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Name(ref reader);
            reader.Read();
            entries.Add((name, Read(ref reader)));
        }
        return Value.Map(entries);
    }

    private static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader) =>
        reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;

    private static string AsText(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString,
        ValueKind.Bytes => Convert.ToBase64String(value.AsBytes.Span),
        ValueKind.Duration => Durations.Format(value),
        ValueKind.Timestamp => Timestamps.Format(value),
        ValueKind.Type => value.Text,
        _ => ValueText.Whole(value),
    };

    private static void WriteList(Utf8JsonWriter writer, IReadOnlyList<Value> items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            Write(writer, item);
        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, ValueMap map)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in map.Entries)
        {
            writer.WritePropertyName(AsText(key));
            Write(writer, item);
        }
        writer.WriteEndObject();
    }

    /// <summary>Always with a point or an exponent, so that it is read back as a double.</summary>
    private static string Text(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    /// <summary>What JSON cannot tell apart in its declared types again: strings that are durations or times, whole numbers that are
    /// ratios.</summary>
    public static Value Typed(Value value, FactType type) => type.Kind switch
    {
        FactKind.Duration when value.Kind == ValueKind.String && Durations.TryParse(value.AsString, out var duration) => duration,
        FactKind.Timestamp when value.Kind == ValueKind.String && Timestamps.TryParse(value.AsString, out var timestamp) => timestamp,
        FactKind.Number or FactKind.Ratio when value.Kind == ValueKind.Int => Value.Double(value.AsInt),
        FactKind.Number or FactKind.Ratio when value.Kind == ValueKind.String => Special(value),
        FactKind.List when value.Kind == ValueKind.List && type.Element is { } element =>
            Value.List(value.AsList.Select(item => Typed(item, element)).ToArray()),
        FactKind.Map when value.Kind == ValueKind.Map =>
            Value.Map(value.AsMap.With((name, field) => TypedField(name.AsString, field, type))),
        _ => value,
    };

    private static Value TypedField(string name, Value value, FactType type)
    {
        if (type.Fields is not null && type.Fields.TryGetValue(name, out var field))
            return Typed(value, field);
        return type.Element is { } element ? Typed(value, element) : value;
    }

    private static Value Special(Value value) => value.AsString switch
    {
        "NaN" => Value.Double(double.NaN),
        "Infinity" => Value.Double(double.PositiveInfinity),
        "-Infinity" => Value.Double(double.NegativeInfinity),
        _ => value,
    };
}

/// <summary>Values inside a document that System.Text.Json reads and writes.</summary>
internal sealed class ValueConverter : JsonConverter<Value>
{
    public override bool HandleNull => true;

    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ValueJson.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options) => ValueJson.Write(writer, value);
}
