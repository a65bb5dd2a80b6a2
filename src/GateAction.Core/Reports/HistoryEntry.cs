using System.Text.Json.Serialization;
using GateAction.Cel.Values;
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
        var facts = evidence?.Measurements.Select(entry => (entry.Key, entry.Value.Outcome, entry.Value.Facts)).ToArray() ?? [];
        return new(
            name,
            evidence?.StartedAt ?? verdict!.StartedAt,
            verdict?.State,
            verdict?.Score,
            facts.Sum(entry => Count(entry.Facts, "failed") + Count(entry.Facts, "errors")),
            [.. facts.SelectMany(entry => Names(At(entry.Facts, "flaky_tests"))).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)],
            facts.Where(entry => entry.Outcome == Outcome.Measured).Select(entry => (entry.Key, Latency: At(entry.Facts, "latency", "p95")))
                .Where(entry => entry.Latency.Kind == ValueKind.Duration)
                .ToDictionary(entry => entry.Key, entry => entry.Latency.AsTimeSpan, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(Value tests) =>
        tests.Kind == ValueKind.List
        ? tests.AsList.Select(test => At(test, "name")).Where(name => name.Kind == ValueKind.String).Select(name => name.AsString)
        : [];

    private static long Count(Value facts, string name) => At(facts, name) is { Kind: ValueKind.Int } count ? count.AsInt : 0;

    private static Value At(Value value, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (value.Kind != ValueKind.Map || !value.AsMap.TryGet(step, out var next))
                return Value.Null;
            value = next;
        }
        return value;
    }
}
