using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Documents;

/// <summary>Evidence as a document, <c>gateaction/evidence/1</c> (docs/evidence.md, schema/evidence.schema.json).</summary>
public static class EvidenceJson
{
    private static readonly GateDocument Document = new("evidence", 1);

    public static void Write(Stream stream, Evidence evidence) => Document.Write(stream, writer => WriteFields(writer, evidence));

    /// <param name="source">The name of the file, for messages.</param>
    /// <param name="kindOf">What a kind declares, by which strings become durations and times again; null for a kind that is not
    /// known.</param>
    /// <exception cref="GateException">It is not whole, of another schema, or of a newer version.</exception>
    public static Evidence Read(Stream stream, string source, Func<string, EvidenceKind?> kindOf) =>
        Document.Read(stream, source, root => ReadFields(root, kindOf));

    private static void WriteFields(Utf8JsonWriter writer, Evidence evidence)
    {
        writer.WriteString("gate", evidence.Gate);
        writer.WriteString("started_at", DocumentText.Of(evidence.StartedAt));
        writer.WriteString("duration", DocumentText.Of(evidence.Duration));
        RunIdentityJson.WriteOptional(writer, evidence.Run);
        writer.WritePropertyName("github");
        ValueJson.Write(writer, evidence.GitHub);
        if (evidence.Changed is not null)
            writer.WriteStrings("changed", evidence.Changed);
        writer.WriteStartObject("measurements");
        foreach (var (name, measurement) in evidence.Measurements)
        {
            writer.WriteStartObject(name);
            MeasurementJson.Write(writer, measurement);
            writer.WriteEndObject();
            writer.FlushMuch();
        }
        writer.WriteEndObject();
    }

    private static Evidence ReadFields(JsonCursor root, Func<string, EvidenceKind?> kindOf)
    {
        var measurements = new OrderedDictionary<string, Measurement>(StringComparer.Ordinal);
        foreach (var (name, cursor) in root.Required("measurements").Entries())
        {
            if (!measurements.TryAdd(name, MeasurementJson.Read(cursor, kindOf)))
                throw new GateException($"{root.Document}: '{cursor.Path}' is there twice");
        }
        return new(
            root.Required("gate").String(),
            root.Required("started_at").Timestamp(),
            root.Required("duration").Duration(),
            root.Optional("github") is { } github ? ValueJson.Read(github.Element, FactType.Any) : Value.Null,
            root.Optional("changed")?.Strings(),
            measurements,
            RunIdentityJson.Optional(root));
    }
}
