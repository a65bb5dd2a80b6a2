using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Documents;

/// <summary>A value of a document that is not what its field accepts.</summary>
internal sealed class WrongValueException(string found, string accepted) : JsonException($"{found} where {accepted} is accepted")
{
    private const int MostShown = 81;

    /// <param name="path">As a JSON path, <c>$.criteria[0].state</c>, with its root or without.</param>
    public string At(string? path) =>
        $"{(path is null or "" or "$" ? "the document" : $"'{path[(path.StartsWith("$.", StringComparison.Ordinal) ? 2 : 0)..]}'")} is "
        + $"{Message}";

    public static WrongValueException Of(JsonElement found, string accepted) => new(ValueText.Cut(found.GetRawText(), MostShown), accepted);
}

/// <summary>How the gate's documents write single values: durations as <c>0.812s</c>, times in RFC 3339, states by their names
/// (<c>too-long</c>).</summary>
internal static class DocumentConverters
{
    public static IEnumerable<JsonConverter> All =>
    [
        new TextConverter(isOptional: false), new FlagConverter(), new CountConverter(), new IdConverter(), new NumberConverter(),
        new DurationConverter(), new TimeConverter(), new DateConverter(), new FactPartConverter(),
        new NameConverter<Outcome>(), new NameConverter<VerdictState>(), new NameConverter<CriterionState>(),
        new NameConverter<WaiverState>(),
        new NameConverter<Unit>(),
    ];
}

/// <summary>Reads one JSON value as a field's, or throws with what is accepted instead.</summary>
internal abstract class FieldConverter<T>(string accepted) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryRead(ref reader, out var value) ? value : throw WrongValueException.Of(JsonElement.ParseValue(ref reader), accepted);

    protected abstract bool TryRead(ref Utf8JsonReader reader, out T value);

    /// <summary>The text of a string; null for everything else.</summary>
    protected static string? Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? ValueJson.Read(ref reader).AsString : null;
}

/// <summary>Lenient, for a document holds what others wrote: what is not Unicode becomes U+FFFD.</summary>
/// <param name="isOptional">True if null is accepted too.</param>
internal sealed class TextConverter(bool isOptional) : FieldConverter<string>("a string")
{
    public override bool HandleNull => !isOptional;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ValueJson.Name(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);

    protected override bool TryRead(ref Utf8JsonReader reader, out string value) => (value = Text(ref reader)!) is not null;
}

internal sealed class FlagConverter() : FieldConverter<bool>("true or false")
{
    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);

    protected override bool TryRead(ref Utf8JsonReader reader, out bool value) =>
        (value = reader.TokenType == JsonTokenType.True) || reader.TokenType == JsonTokenType.False;
}

internal sealed class CountConverter() : FieldConverter<int>("a whole number")
{
    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    protected override bool TryRead(ref Utf8JsonReader reader, out int value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out value);
    }
}

internal sealed class IdConverter() : FieldConverter<long>("a whole number")
{
    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    protected override bool TryRead(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value);
    }
}

internal sealed class NumberConverter() : FieldConverter<double>("a number")
{
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    protected override bool TryRead(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        // 1e999 is JSON, and infinite as a double.
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out value) && double.IsFinite(value);
    }
}

/// <summary>A value of the language that is written as a string: a duration, a time.</summary>
internal abstract class LiteralConverter<T>(
    string accepted, Func<string, (bool IsRead, Value Value)> parse, Func<Value, T> to, Func<T, string> format)
    : FieldConverter<T>(accepted)
{
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(format(value));

    protected override bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        var (isRead, literal) = Text(ref reader) is { } text ? parse(text) : default;
        value = isRead ? to(literal) : default!;
        return isRead;
    }
}

internal sealed class DurationConverter() : LiteralConverter<TimeSpan>(
    "a duration such as '0.812s'",
    text => (Durations.TryParse(text, out var duration), duration),
    duration => duration.AsTimeSpan,
    duration => Durations.Format(Value.Duration(duration)));

internal sealed class TimeConverter() : LiteralConverter<DateTimeOffset>(
    "a time such as '2026-03-01T12:00:00Z'",
    text => (Timestamps.TryParse(text, out var time), time),
    time => time.AsTime,
    time => Timestamps.Format(Value.Timestamp(time)));

internal sealed class DateConverter() : FieldConverter<DateOnly>("a date such as '2026-03-01'")
{
    private const string Format = "yyyy-MM-dd";

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(UnitText.Date(value));

    protected override bool TryRead(ref Utf8JsonReader reader, out DateOnly value) =>
        DateOnly.TryParseExact(Text(ref reader), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
}

internal sealed class FactPartConverter() : FieldConverter<FactPart>("the name of a fact such as 'status' or 'headers/etag'")
{
    // Among the elements of a list System.Text.Json would let a null pass.
    public override bool HandleNull => true;

    public override void Write(Utf8JsonWriter writer, FactPart value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    protected override bool TryRead(ref Utf8JsonReader reader, out FactPart value) =>
        (value = Text(ref reader) is { } text ? FactPart.Parse(text) : null!) is not null;
}

internal sealed class NameConverter<T>() : FieldConverter<T>($"one of {string.Join(", ", EnumWords.All<T>().Select(name => $"'{name}'"))}")
    where T : struct, Enum
{
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Word());

    protected override bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        var known = EnumWords.Of<T>(Text(ref reader));
        value = known ?? default;
        return known is not null;
    }
}

/// <summary>What was measured: always an object; nothing at all is an empty one.</summary>
internal sealed class FactsConverter() : FieldConverter<Value>("an object")
{
    public override bool HandleNull => true;

    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options) => ValueJson.Write(writer, value);

    protected override bool TryRead(ref Utf8JsonReader reader, out Value value)
    {
        value = Value.Map();
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        value = ValueJson.Read(ref reader);
        return true;
    }
}
