using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Documents;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Evidence))]
[JsonSerializable(typeof(Verdict))]
internal sealed partial class DocumentTypes : JsonSerializerContext;

/// <summary>Evidence as a document, <c>gateaction/evidence/1</c> (docs/evidence.md, schema/evidence.schema.json).</summary>
public static class EvidenceJson
{
    private static readonly GateDocument<Evidence> Document = new(Evidence.Format, DocumentTypes.Default);

    public static void Write(Stream stream, Evidence evidence) => Document.Write(stream, evidence);

    public static string Text(Evidence evidence) => Document.Text(evidence);

    /// <param name="source">The name of the file, for messages.</param>
    /// <param name="kindOf">What a kind declares, by which strings become durations and times again; null for a kind that is not
    /// known.</param>
    /// <exception cref="GateException">It is not whole, of another schema, or of a newer version.</exception>
    public static Evidence Read(Stream stream, string source, Func<string, EvidenceKind?> kindOf)
    {
        var read = Document.Read(stream, source);
        var measurements = new OrderedDictionary<string, Measurement>(StringComparer.Ordinal);
        foreach (var (name, measurement) in read.Measurements)
        {
            CheckFacts(measurement.Facts, $"{source}: 'measurements.{ValueText.Cut(name, 80)}");
            foreach (var one in measurement.Spread?.Observations ?? [])
                CheckFacts(one.Facts, $"{source}: an observation of 'measurements.{ValueText.Cut(name, 80)}");
            measurements.Add(name, kindOf(measurement.Kind) is { } kind ? Declared(measurement, kind) : measurement);
        }
        return read with { Measurements = measurements };
    }

    /// <summary>The bytes of one measurement, to tell whether two are the same.</summary>
    internal static byte[] Bytes(Measurement measurement) =>
        JsonSerializer.SerializeToUtf8Bytes(measurement, (JsonTypeInfo<Measurement>)Document.Options.GetTypeInfo(typeof(Measurement)));

    private static void CheckFacts(Value facts, string place)
    {
        if (facts.Kind != ValueKind.Map)
            throw new GateException($"{place}' has no 'facts', or they are no object: it was not written by gate, or changed since");
    }

    private static Measurement Declared(Measurement measurement, EvidenceKind kind)
    {
        // JSON has no durations and no times: to a condition they would be texts.
        var facts = ValueJson.Typed(measurement.Facts, kind.Facts);
        return measurement with
        {
            Facts = facts,
            Declared = kind,
            Content = facts.AsMap.Count > 0 ? kind.ReadContent?.Invoke(facts) : null,
            Spread = measurement.Spread is { } spread
                ? spread with
                {
                    Observations = [.. spread.Observations.Select(one => one with { Facts = ValueJson.Typed(one.Facts, kind.Facts) })],
                }
                : null,
        };
    }
}

/// <summary>A verdict as a document, <c>gateaction/verdict/2</c> (docs/evidence.md, schema/verdict.schema.json).</summary>
public static class VerdictJson
{
    private static readonly GateDocument<Verdict> Document = new(Verdict.Format, DocumentTypes.Default);

    public static void Write(Stream stream, Verdict verdict) => Document.Write(stream, verdict);

    public static string Text(Verdict verdict) => Document.Text(verdict);

    /// <param name="source">The name of the file, for messages.</param>
    /// <exception cref="GateException">It is not whole, of another schema, or of a newer version.</exception>
    public static Verdict Read(Stream stream, string source) => Document.Read(stream, source);
}
