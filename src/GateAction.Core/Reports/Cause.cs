using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>Criteria that do not hold for one and the same reason: most often one thing that is broken, told once.</summary>
/// <param name="Reason">Null for a criterion that stands alone.</param>
/// <param name="Sources">The probes and result sets that it comes from, in the order of their criteria.</param>
internal sealed record Cause(string? Reason, IReadOnlyList<string> Sources, IReadOnlyList<CriterionVerdict> Criteria)
{
    /// <summary>In the order of the first criterion of each.</summary>
    public static IReadOnlyList<Cause> Of(IEnumerable<CriterionVerdict> criteria, Verdict verdict)
    {
        var probes = verdict.Probes.ToLookup(probe => probe.Name, StringComparer.Ordinal);
        return
        [
            // A criterion without a reason is alone in its group: no reason begins with '\0', so none is taken for an id.
            .. criteria.GroupBy(criterion => (criterion.State, Reason: ReasonOf(criterion, probes) ?? $"\0{criterion.Id}"))
                .Select(group => group.Skip(1).Any()
                    ? new Cause(group.Key.Reason, SourcesOf(group), [.. group])
                    : new Cause(null, SourcesOf(group), [.. group])),
        ];
    }

    /// <summary>"14 criteria: could not be reached: connection refused (staging.example.com:443)"; null for a single criterion.</summary>
    public string? Words => Reason is null ? null : $"{StateWords.Criteria(Criteria.Count)}: {Reason}";

    /// <summary>What the source says of itself: it is the same for all criteria over it, and for all sources of one host.</summary>
    private static string? ReasonOf(CriterionVerdict criterion, ILookup<string, ProbeSummary> probes) =>
        criterion.ReasonOf is { } source && probes[source].FirstOrDefault() is { } probe
            ? probe.Reason ?? probe.Caveat ?? criterion.Reason
            : criterion.Explanation.Any(part => part.Actual is not null) ? null : criterion.Reason;

    private static string[] SourcesOf(IEnumerable<CriterionVerdict> criteria) =>
        [.. criteria.Select(criterion => criterion.ReasonOf).OfType<string>().Distinct(StringComparer.Ordinal)];
}
