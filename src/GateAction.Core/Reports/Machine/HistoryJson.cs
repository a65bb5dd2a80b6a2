using System.Text.Json.Serialization;
using GateAction.Core.Documents;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Machine;

/// <summary>Earlier runs as a document, <c>gateaction/history/1</c> (schema/history.schema.json).</summary>
public static class HistoryJson
{
    private static readonly DocumentFormat Format = new("history", 1);
    private static readonly GateDocument<History> Document = new(Format, HistoryTypes.Default);

    /// <param name="history">Oldest first.</param>
    public static void Write(Stream stream, string gate, IReadOnlyList<HistoryEntry> history) =>
        Document.Write(stream, new(Format.ToString(), gate, Trend.Of(history), history));

    internal sealed record History(string Schema, string Gate, string? Trend, IReadOnlyList<HistoryEntry> Runs);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(HistoryJson.History))]
internal sealed partial class HistoryTypes : JsonSerializerContext;
