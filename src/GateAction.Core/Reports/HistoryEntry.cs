namespace GateAction.Core.Reports;

/// <summary>One earlier run, oldest first in a list of them.</summary>
/// <param name="Name">What it is called: its file or commit.</param>
/// <param name="Latencies">The 95th percentile by probe.</param>
public sealed record HistoryEntry(
    string Name,
    DateTimeOffset StartedAt,
    VerdictState? State,
    double? Score,
    IReadOnlyDictionary<string, TimeSpan> Latencies,
    IReadOnlySet<string> FlakyTests,
    int FailedTests);
