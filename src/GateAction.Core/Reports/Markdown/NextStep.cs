using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>The one thing to do next; empty if there is nothing to do.</summary>
internal static class NextStep
{
    private static readonly TimeSpan Proposed = TimeSpan.FromDays(3);

    public static MarkdownText Of(Verdict verdict, ReportContext context)
    {
        if (!verdict.Blocks)
            return MarkdownText.Empty;
        if (Headline.Blockers(verdict, context.Previous) is not [var first, ..])
            return verdict.Notes.Count > 0 ? MarkdownText.Empty : $"give the gate something to decide.";
        if (first.Help is { } help)
            return $"{Followed(help)}{(context.Override is null ? MarkdownText.Empty : $" {Waive(first, context)}.")}";
        var step = first.State == CriterionState.Inconclusive
            ? "make it measurable and run the gate again; what was not measured never counts as met"
            : IsUnreachable(first, verdict) ? "bring it up and run the gate again" : "repair it and push";
        return $"{step}. {Waive(first, context)}.";
    }

    /// <summary>An address without what every address has.</summary>
    public static string Shown(string url) => url.Replace("https://", "", StringComparison.Ordinal).TrimEnd('/');

    private static MarkdownText Followed(string help) =>
        MarkdownText.Address(help) is { } url ? (MarkdownText)$"follow {MarkdownText.Link(Shown(url), url, 80)}." : $"{help}";

    private static bool IsUnreachable(CriterionVerdict criterion, Verdict verdict) =>
        verdict.Probes.Any(probe => probe.Outcome == Outcome.Unreachable && criterion.Reads.Contains(probe.Name));

    /// <summary>What really lets a change through that cannot be repaired here, as a third party that is down.</summary>
    private static MarkdownText Waive(CriterionVerdict criterion, ReportContext context) => context switch
    {
        { Override: { } policy } =>
            $"If that is not in your hands, somebody with the role {Roles(policy)} can comment "
            + $"{Command(criterion, policy)}",
        { ManifestCommit: { } commit } when commit != context.CommitSha =>
            $"If that is not in your hands, a waiver in the manifest counts once it is on the base branch, or an administrator merges past "
            + $"the gate",
        _ => $"If that is not in your hands, waive it in the manifest with a reason and a date",
    };

    private static MarkdownText Command(CriterionVerdict criterion, OverridePolicy policy) => MarkdownText.Code(
        $"/gate waive {criterion.Id} for {UnitText.Duration(policy.Within < Proposed ? policy.Within : Proposed)}: reason");

    private static MarkdownText Roles(OverridePolicy policy) =>
        MarkdownText.Join($" or ", policy.Roles.Select(role => MarkdownText.Text(role, 40)));
}
