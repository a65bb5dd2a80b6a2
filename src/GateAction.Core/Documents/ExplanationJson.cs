using System.Text.Json;
using GateAction.Cel.Values;

namespace GateAction.Core.Documents;

/// <summary>One part of an explanation inside a verdict document.</summary>
internal static class ExplanationJson
{
    public static void Write(Utf8JsonWriter writer, Explanation explanation)
    {
        writer.WriteString("expression", explanation.Expression);
        if (explanation.Actual is { } actual)
            WriteCompared(writer, "actual", actual);
        writer.WriteOptional("operator", explanation.Operator);
        if (explanation.Limit is { } limit)
            WriteCompared(writer, "limit", limit);
        if (explanation.Facts.Count > 0)
            writer.WriteList("facts", explanation.Facts, WriteCompared);
        if (explanation.Elements is { } elements)
        {
            writer.WriteStartObject("elements");
            writer.WriteString("claim", elements.Claim);
            writer.WriteNumber("count", elements.Count);
            writer.WriteList("first", elements.First, WriteElement);
            writer.WriteEndObject();
        }
        writer.WriteOptional("note", explanation.Note);
        if (explanation.More > 0)
            writer.WriteNumber("more", explanation.More);
    }

    public static Explanation Read(JsonCursor cursor) => new(cursor.Required("expression").String())
    {
        Actual = cursor.Optional("actual") is { } actual ? ReadCompared(actual) : null,
        Operator = cursor.Optional("operator")?.String(),
        Limit = cursor.Optional("limit") is { } limit ? ReadCompared(limit) : null,
        Facts = cursor.Optional("facts") is { } facts ? [.. facts.Items().Select(ReadCompared)] : [],
        Elements = cursor.Optional("elements") is { } elements ? ReadElements(elements) : null,
        Note = cursor.Optional("note")?.String(),
        More = cursor.Optional("more")?.Int() ?? 0,
    };

    private static void WriteCompared(Utf8JsonWriter writer, string name, ComparedValue reading)
    {
        writer.WriteStartObject(name);
        WriteCompared(writer, reading);
        writer.WriteEndObject();
    }

    private static void WriteCompared(Utf8JsonWriter writer, ComparedValue reading)
    {
        if (reading.IsMeasured)
            writer.WriteString("expression", reading.Expression);
        writer.WriteOptional("name", reading.Name);
        if (reading.Value is { } value)
        {
            writer.WritePropertyName("value");
            ValueJson.Write(writer, value);
        }
        writer.WriteString("text", reading.Text);
        if (reading.Unit != Unit.None)
            writer.WriteString("unit", DocumentText.Of(reading.Unit));
        if (reading.Parts.Count > 0)
            writer.WriteList("parts", reading.Parts, WriteCompared);
    }

    private static ComparedValue ReadCompared(JsonCursor cursor)
    {
        var unit = cursor.Optional("unit")?.Enum<Unit>() ?? Unit.None;
        var type = unit switch
        {
            Unit.Duration => FactType.Duration(""),
            Unit.Timestamp => FactType.Timestamp(""),
            Unit.None or Unit.Size or Unit.Percent => FactType.Any,
            _ => throw cursor.Unexpected("a known unit"),
        };
        return new(
            cursor.Optional("expression")?.String() ?? "",
            cursor.Optional("value") is { } value ? ValueJson.Read(value.Element, type) : null,
            cursor.Required("text").String(),
            unit)
        {
            Name = cursor.Optional("name")?.String(),
            Parts = cursor.Optional("parts") is { } parts ? [.. parts.Items().Select(ReadCompared)] : [],
        };
    }

    private static void WriteElement(Utf8JsonWriter writer, DecidingElement element)
    {
        writer.WriteString("key", element.Key);
        writer.WriteStartObject("why");
        Write(writer, element.Why);
        writer.WriteEndObject();
    }

    private static DecidingElements ReadElements(JsonCursor cursor) => new(
        cursor.Required("claim").String(),
        [.. cursor.Required("first").Items()
        .Select(element => new DecidingElement(element.Required("key").String(), Read(element.Required("why"))))],
        cursor.Required("count").Int());
}
