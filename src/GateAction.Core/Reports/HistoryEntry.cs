using System.Text.Json.Serialization;
using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>What one earlier run came to.</summary>
/// <param name="Name">What it is called: its folder or file.</param>
/// <param name="State">Null where only its evidence is left.</param>
/// <param name="Latencies">The 95th percentile by probe, of those that were measured cleanly.</param>
public sealed record HistoryEntry(
    string Name,
    DateTimeOffset StartedAt,
    VerdictState? State,
    double? Score,
    long FailedTests,
    IReadOnlyList<string> FlakyTests,
    [property: JsonPropertyName("p95")] IReadOnlyDictionary<string, TimeSpan> Latencies)
{
    public static HistoryEntry Of(string name, Evidence? evidence, Verdict? verdict)
    {
        Measurement[] measured = [.. evidence?.Measurements.Values ?? []];
        return new(
            name,
            evidence?.StartedAt ?? verdict!.StartedAt,
            verdict?.State,
            verdict?.Score,
            measured.Sum(one => one.Content is TestContent { Counts: var counts } ? counts.Failed + counts.Errors : 0),
            [
                .. measured.SelectMany(one => (one.Content as TestContent)?.Flaky ?? [])
                    .Select(test => test.FullName)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            LatenciesIn(evidence));
    }

    private static Dictionary<string, TimeSpan> LatenciesIn(Evidence? evidence) =>
        (evidence?.Measurements ?? new Dictionary<string, Measurement>())
        .Where(entry => entry.Value.Outcome == Outcome.Measured)
        .Select(entry => (entry.Key,
        Latency: MeasuredFigures.Of(entry.Value).FirstOrDefault(figure => figure.Rule.Name == FigureNames.P95)))
        .Where(entry => entry.Latency is not null)
        .ToDictionary(entry => entry.Key, entry => TimeSpan.FromSeconds(entry.Latency!.Value), StringComparer.Ordinal);
}
