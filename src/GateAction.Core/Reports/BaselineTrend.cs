using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>A run against its baseline in one line: <c>score 91% → 95%, p95 of backend ▼ 12% against main, 3 flaky tests in 6
/// runs</c>.</summary>
public static class BaselineTrend
{
    /// <summary>Null if nothing can be compared.</summary>
    public static string? Of(Verdict verdict, Evidence evidence, EarlierRuns earlier)
    {
        HistoryEntry[] runs = [HistoryEntry.Of("baseline", earlier.Evidence, earlier.Verdict), HistoryEntry.Of("now", evidence, verdict)];
        string[] compared = [.. new[] { Score(verdict, earlier.Verdict) }.OfType<string>(), .. Trend.Latencies(runs)];
        string?[] parts =
        [
            compared.Length > 0 ? $"{string.Join(", ", compared)} against {Name(earlier)}" : null,
            earlier.Runs.Count > 1 ? Flaky([.. earlier.Runs, evidence]) : null,
        ];
        return parts.Any(part => part is not null) ? string.Join(", ", parts.OfType<string>()) : null;
    }

    /// <summary>Both scores, where the baseline measured everything that this run did: what it lacked would make it look worse than it
    /// was.</summary>
    private static string? Score(Verdict verdict, Verdict earlier)
    {
        if (verdict.Score is null || earlier.Score is null
            // Both are of one gate, so they have the same criteria in the same order.
            || earlier.Criteria.Zip(verdict.Criteria).Any(pair => IsUnknown(pair.First) && !IsUnknown(pair.Second)))
            return null;
        var (before, now) = (StateWords.Percent(earlier.Score), StateWords.Percent(verdict.Score));
        return before == now ? $"score unchanged at {now}" : $"score {before} → {now}";
    }

    private static bool IsUnknown(CriterionVerdict criterion) => criterion.Underlying is CriterionState.Inconclusive;

    private static string Name(EarlierRuns earlier)
    {
        var place = earlier.Branch ?? "the baseline";
        return earlier.Runs.Count == 1 ? place : $"the median of {earlier.Runs.Count} runs on {place}";
    }

    private static string? Flaky(IReadOnlyList<Evidence> runs)
    {
        var tests = runs.SelectMany(run => HistoryEntry.Of("", run, null).FlakyTests).Distinct(StringComparer.Ordinal).Count();
        return tests > 0 ? $"{StateWords.Count(tests, "flaky test")} in {runs.Count} runs" : null;
    }
}
