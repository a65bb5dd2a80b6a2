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
    }

    public static Measurement Read(JsonCursor cursor, Func<string, FactType?> factsOf)
    {
        var kind = cursor.Required("kind").String();
        return new(
            kind,
            cursor.Required("outcome").Enum<Outcome>(),
            cursor.Optional("reason")?.String(),
            cursor.Optional("facts") is { } facts ? ReadFacts(facts, factsOf(kind)) : Value.Map(),
            cursor.Required("started_at").Timestamp(),
            cursor.Required("duration").Duration(),
            cursor.Optional("caveat")?.String(),
            cursor.Optional("subject")?.String(),
            cursor.Optional("samples")?.Samples(),
            cursor.Optional("details")?.Strings())
        {
            AwaitsBaseline = cursor.Optional("awaits_baseline")?.Strings() ?? [],
            KeptFor = cursor.Optional("kept_for")?.Strings(),
        };
    }

    private static Value ReadFacts(JsonCursor facts, FactType? type) =>
        facts.Element.ValueKind == JsonValueKind.Object ? ValueJson.Read(facts.Element, type ?? FactType.Any) : throw facts.Unexpected("an object");
}
