using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Documents;

/// <summary>One measurement inside an evidence document.</summary>
internal static class MeasurementJson
{
    public static void Write(Utf8JsonWriter writer, Measurement measurement)
    {
        writer.WriteString("kind", measurement.Kind);
        writer.WriteString("outcome", DocumentText.Of(measurement.Outcome));
        writer.WriteOptional("reason", measurement.Reason);
        writer.WriteOptional("caveat", measurement.Caveat);
        writer.WriteOptional("subject", measurement.Subject);
        writer.WriteString("started_at", DocumentText.Of(measurement.StartedAt));
        writer.WriteString("duration", DocumentText.Of(measurement.Duration));
        writer.WritePropertyName("facts");
        ValueJson.Write(writer, measurement.Facts);
        if (measurement.Samples is { Count: > 0 } samples)
            writer.WriteSamples("samples", samples);
        if (measurement.Details is { Count: > 0 } details)
            writer.WriteStrings("details", details);
        if (measurement.AwaitsBaseline.Count > 0)
            writer.WriteStrings("awaits_baseline", measurement.AwaitsBaseline);
        if (measurement.KeptFor is { } conditions)
            writer.WriteStrings("kept_for", conditions);
        if (measurement.Spread is { } spread)
            Write(writer, spread);
    }

    public static Measurement Read(JsonCursor cursor, Func<string, EvidenceKind?> kindOf)
    {
        var name = cursor.Required("kind").String();
        var kind = kindOf(name);
        var facts = cursor.Optional("facts") is { } given ? ReadFacts(given, kind?.Facts) : Value.Map();
        return new(
            name,
            cursor.Required("outcome").Enum<Outcome>(),
            cursor.Optional("reason")?.String(),
            facts,
            cursor.Required("started_at").Timestamp(),
            cursor.Required("duration").Duration(),
            cursor.Optional("caveat")?.String(),
            cursor.Optional("subject")?.String(),
            cursor.Optional("samples")?.Samples(),
            cursor.Optional("details")?.Strings())
        {
            Declared = kind,
            Content = kind?.ReadContent?.Invoke(facts),
            AwaitsBaseline = cursor.Optional("awaits_baseline")?.Strings() ?? [],
            KeptFor = cursor.Optional("kept_for")?.Strings(),
            Spread = cursor.Optional("spread") is { } spread ? ReadSpread(spread, kind?.Facts) : null,
        };
    }

    private static void Write(Utf8JsonWriter writer, SoakSpread spread)
    {
        writer.WriteStartObject("spread");
        writer.WriteStrings("differing", spread.Differing);
        writer.WriteList("observations", spread.Observations, (_, observation) =>
        {
            writer.WriteNumber("count", observation.Count);
            writer.WritePropertyName("facts");
            ValueJson.Write(writer, observation.Facts);
            writer.WriteOptional("reason", observation.Reason);
        });
        if (spread.KeptFor is { } conditions)
            writer.WriteStrings("kept_for", conditions);
        writer.WriteNumber("unkept", spread.Unkept);
        writer.WriteEndObject();
    }

    private static SoakSpread ReadSpread(JsonCursor cursor, FactType? type) => new(
        cursor.Required("differing").Strings(),
        [
            .. cursor.Required("observations").Items().Select(item => new SoakObservation(
                item.Required("count").Int(), ReadFacts(item.Required("facts"), type), item.Optional("reason")?.String())),
        ],
        cursor.Optional("kept_for")?.Strings(),
        cursor.Required("unkept").Int());

    private static Value ReadFacts(JsonCursor facts, FactType? type) =>
        facts.Element.ValueKind == JsonValueKind.Object
        ? ValueJson.Read(facts.Element, type ?? FactType.Any)
        : throw facts.Unexpected("an object");
}
