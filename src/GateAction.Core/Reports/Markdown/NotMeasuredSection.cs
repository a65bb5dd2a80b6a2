using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>What this run did not look at, or could not: sources without a clean measurement and criteria that were skipped.</summary>
internal static class NotMeasuredSection
{
    public static Section Of(Verdict verdict)
    {
        var probes = verdict.Probes.Where(probe => probe.Outcome != Outcome.Measured).Select(Probe);
        var skipped = verdict.Criteria.Where(criterion => criterion.State == CriterionState.Skipped).Select(Skipped);
        MarkdownText[] items = [.. probes, .. skipped];
        return CriteriaSections.Folded("what was not measured", 5, $"❔ Not measured: {StateWords.Count(items.Length, "item")}", items);
    }

    private static MarkdownText Probe(ProbeSummary probe)
    {
        var reason = probe.Reason ?? StateWords.Of(probe.Outcome).Words;
        return $"- {MarkdownText.Code(probe.Name)} ({probe.Kind}): {MarkdownText.Text(reason, 600)}\n";
    }

    private static MarkdownText Skipped(CriterionVerdict criterion) =>
        $"- {MarkdownText.Text(criterion.Title, 160)} was skipped"
        + $"{(criterion.Reason is { } reason ? $": {MarkdownText.Text(reason, 600)}" : MarkdownText.Empty)}\n";
}
