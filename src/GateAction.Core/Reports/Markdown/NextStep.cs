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
        return $"{Step(first, verdict)}. {Waive(first, context)}.";
    }

    /// <summary>What fits this failure: a target that is down, tests that fail, lines that are counted, an answer that is slow.</summary>
    private static MarkdownText Step(CriterionVerdict first, Verdict verdict)
    {
        var read = verdict.Probes.Where(probe => first.Reads.Contains(probe.Name)).ToArray();
        if (first.State == CriterionState.Inconclusive)
            return $"make it measurable and run the gate again; what was not measured never counts as met";
        // Before all else: of a target that is down nothing else can be told.
        if (read.FirstOrDefault(probe => probe.Outcome == Outcome.Unreachable) is { } down)
            return $"bring up what {MarkdownText.Code(down.Name, 60)} asks and run the gate again";
        if (read.FirstOrDefault(probe => probe.FailingTests > 0) is { FailingTests: { } failing } tests)
            return failing == 1
                ? $"make the failing test of {MarkdownText.Code(tests.Name, 60)} pass and push"
                : (MarkdownText)$"make the {failing:#,0} failing tests of {MarkdownText.Code(tests.Name, 60)} pass and push";
        if (first.LinesOf is [var source, ..])
            return $"look at what {MarkdownText.Code(source, 60)} counts below, repair what causes it and push";
        if (read.FirstOrDefault(probe => LatencyLimit.In([first], probe).Count > 0) is { } slow)
            return $"find out what takes {MarkdownText.Code(slow.Name, 60)} so long";
        return read.FirstOrDefault(probe => probe.IsOfCoverage) is { } covered
            ? $"test what {MarkdownText.Code(covered.Name, 60)} does not cover and push"
            : (MarkdownText)$"repair it and push";
    }

    /// <summary>An address without what every address has.</summary>
    public static string Shown(string url) => url.Replace("https://", "", StringComparison.Ordinal).TrimEnd('/');

    private static MarkdownText Followed(string help) =>
        MarkdownText.Address(help) is { } url ? (MarkdownText)$"follow {MarkdownText.Link(Shown(url), url, 80)}." : $"{help}";

    /// <summary>What really lets a change through that cannot be repaired here, as a third party that is down.</summary>
    private static MarkdownText Waive(CriterionVerdict criterion, ReportContext context) => context switch
    {
        { Override: { } policy } =>
            $"If that is not in your hands, somebody with the role {Roles(policy)} can comment "
            + $"{Command(criterion, policy)}",
        // Judged by the manifest of the base branch: a waiver in the change itself would not count.
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
