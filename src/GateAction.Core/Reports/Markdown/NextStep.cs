using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>The one thing to do next, as Markdown; null where there is nothing to do.</summary>
internal static class NextStep
{
    private static readonly TimeSpan Proposed = TimeSpan.FromDays(3);

    public static string? Of(Verdict verdict, ReportContext context)
    {
        if (!verdict.Blocks)
            return null;
        if (Headline.Blockers(verdict, context.Previous) is not [var first, ..])
            return verdict.Notes.Count > 0 ? null : "give the gate something to decide.";
        if (first.Help is { } help)
            return $"{Followed(help)}{(context.Override is null ? "" : $" {Waive(first, context)}.")}";
        return first.State == CriterionState.Inconclusive
            ? $"make it measurable and run the gate again; what was not measured never counts as met. {Waive(first, context)}."
            : IsUnreachable(first, verdict)
                ? $"bring it up and run the gate again. {Waive(first, context)}."
                : $"repair it and push. {Waive(first, context)}.";
    }

    /// <summary>An address without what every address has.</summary>
    public static string Shown(string url) => url.Replace("https://", "", StringComparison.Ordinal).TrimEnd('/');

    private static string Followed(string help) =>
        MarkdownText.Address(help) is { } url ? $"follow [{MarkdownText.Text(Shown(url), 80)}](<{url}>)." : MarkdownText.Text(help);

    private static bool IsUnreachable(CriterionVerdict criterion, Verdict verdict) =>
        verdict.Probes.Any(probe => probe.Outcome == Outcome.Unreachable && criterion.Reads.Contains(probe.Name));

    /// <summary>What really lets a change through that cannot be repaired here, as a third party that is down.</summary>
    private static string Waive(CriterionVerdict criterion, ReportContext context) => context switch
    {
        { Override: { } policy } =>
            $"If that is not in your hands, somebody with the role {Roles(policy)} can comment "
            + MarkdownText.Code(
            $"/gate waive {criterion.Id} for {UnitText.Duration(policy.Within < Proposed ? policy.Within : Proposed)}: reason"),
        { ManifestCommit: { } commit } when commit != context.CommitSha =>
            "If that is not in your hands, a waiver in the manifest counts once it is on the base branch, or an administrator merges past "
            + "the gate",
        _ => "If that is not in your hands, waive it in the manifest with a reason and a date",
    };

    private static string Roles(OverridePolicy policy) =>
        string.Join(" or ", policy.Roles.Select(role => MarkdownText.Text(role, 40)));
}
