using System.Text.Json.Serialization;
using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>Runs over time in one line: <c>score 91% → 95% over 12 runs, p95 of backend ▼ 12%, 3 flaky tests</c>.</summary>
public static class Trend
{
    private const int MostProbes = 3;

    /// <param name="history">Oldest first; fewer than two runs have no trend.</param>
    public static string? Of(IReadOnlyList<HistoryEntry> history)
    {
        if (history.Count < 2)
            return null;
        var scored = history.Where(run => run.Score is not null).ToArray();
        var flaky = history.SelectMany(run => run.FlakyTests).Distinct(StringComparer.Ordinal).Count();
        string?[] parts =
        [
            scored.Length > 1
                ? $"score {StateWords.Percent(scored[0].Score)} → {StateWords.Percent(scored[^1].Score)} over {scored.Length} runs"
                : $"{history.Count} runs",
            .. Latencies(history),
            flaky > 0 ? StateWords.Count(flaky, "flaky test") : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    /// <summary>The last run's latencies against the median of those before it.</summary>
    public static double? Change(string probe, IReadOnlyList<HistoryEntry> history)
    {
        var before = history.SkipLast(1).Where(run => run.Latencies.ContainsKey(probe)).Select(run => run.Latencies[probe]).Order()
            .ToArray();
        // Against the median, because one slow run before would make this one look fast.
        return before.Length > 0 && history[^1].Latencies.TryGetValue(probe, out var now) && before[before.Length / 2] > TimeSpan.Zero
            ? (now / before[before.Length / 2]) - 1
            : null;
    }

    /// <summary>The last run's latencies that changed worth mentioning.</summary>
    internal static IEnumerable<string> Latencies(IReadOnlyList<HistoryEntry> history) =>
        history[^1].Latencies.Keys.Select(probe => Latency(probe, history)).OfType<string>().Take(MostProbes);

    private static string? Latency(string probe, IReadOnlyList<HistoryEntry> history) =>
        Change(probe, history) is { } change && Math.Abs(change) >= 0.05 ? $"p95 of {probe}{StateWords.Change(change)}" : null;
}

/// <summary>What one earlier run came to.</summary>
/// <param name="Name">What it is called: its folder or file.</param>
/// <param name="State">Null if only its evidence is left.</param>
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

/// <summary>What a run is compared with.</summary>
/// <param name="Runs">Newest first, at least one.</param>
/// <param name="Evidence">The run, or the median of several.</param>
/// <param name="Verdict">What the same gate decides over <paramref name="Evidence"/>.</param>
/// <param name="Branch">The branch they are from; null if a file was named.</param>
public sealed record EarlierRuns(IReadOnlyList<Evidence> Runs, Evidence Evidence, Verdict Verdict, string? Branch);
