using System.Text.Json;

namespace GateAction.Core.Documents;

/// <summary>Shapes that several documents write and read.</summary>
internal static class JsonExtensions
{
    private const int Enough = 32 * 1024;

    /// <summary>Hands on what is written so far once it is much; else the writer holds the whole document until its end.</summary>
    public static void FlushMuch(this Utf8JsonWriter writer)
    {
        if (writer.BytesPending >= Enough)
            writer.Flush();
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    /// <summary>Latencies in order; null is a sample that failed.</summary>
    public static void WriteSamples(this Utf8JsonWriter writer, string name, IEnumerable<TimeSpan?> samples)
    {
        writer.WriteStartArray(name);
        foreach (var sample in samples)
        {
            if (sample is { } latency)
                writer.WriteStringValue(DocumentText.Of(latency));
            else
                writer.WriteNullValue();
        }
        writer.WriteEndArray();
    }

    public static void WriteList<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> writeFields)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            writeFields(writer, item);
            writer.WriteEndObject();
            writer.FlushMuch();
        }
        writer.WriteEndArray();
    }

    public static IReadOnlyList<TimeSpan?> Samples(this JsonCursor cursor) =>
        [.. cursor.Items().Select(item => item.Element.ValueKind == JsonValueKind.Null ? (TimeSpan?)null : item.Duration())];
}
