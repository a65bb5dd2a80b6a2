using System.Text.Json;
using GateAction.Core.Documents;

namespace GateAction.Core.Reports.Machine;

/// <summary>Earlier runs as a document, <c>gateaction/history/1</c> (schema/history.schema.json).</summary>
public static class HistoryJson
{
    private static readonly GateDocument Document = new("history", 1);

    /// <param name="history">Oldest first.</param>
    public static void Write(Stream stream, string gate, IReadOnlyList<HistoryEntry> history) => Document.Write(stream, writer =>
    {
        writer.WriteString("gate", gate);
        writer.WriteOptional("trend", Trend.Of(history));
        writer.WriteList("runs", history, WriteRun);
    });

    private static void WriteRun(Utf8JsonWriter writer, HistoryEntry run)
    {
        writer.WriteString("name", run.Name);
        writer.WriteString("started_at", DocumentText.Of(run.StartedAt));
        writer.WriteOptional("state", run.State is { } state ? DocumentText.Of(state) : null);
        if (run.Score is { } score)
            writer.WriteNumber("score", score);
        writer.WriteNumber("failed_tests", run.FailedTests);
        writer.WriteStrings("flaky_tests", run.FlakyTests.Order(StringComparer.Ordinal));
        writer.WriteStartObject("p95");
        foreach (var (probe, latency) in run.Latencies)
            writer.WriteString(probe, DocumentText.Of(latency));
        writer.WriteEndObject();
    }
}
