namespace GateAction.Core.Reports;

/// <summary>The score by group.</summary>
internal static class GroupsSection
{
    private const int Cells = 5;

    public static Section Of(Verdict verdict)
    {
        if (verdict.Groups.Count == 0)
            return Section.Whole("groups", 1, "");
        return new(
            "groups",
            1,
            "| Group | Score | Criteria |\n|:--|:--|:--|\n",
            [.. verdict.Groups.Select(group => Row(group, verdict))],
            "\n",
            left => $"| … | | {left} more groups |\n");
    }

    private static string Row(GroupScore group, Verdict verdict)
    {
        var criteria = verdict.Criteria.Where(criterion => criterion.GroupId == group.Id).ToArray();
        var worst = StateWords.Of(criteria.Select(Severity).Max().State);
        return $"| {worst.Mark} {Markdown.Text(Title(group), 80)} | {Bar(group.Score)} {StateWords.Percent(group.Score)} | {Tally(criteria)} |\n";
    }

    public static string Title(GroupScore group) => group.Id.Length == 0 && group.Title.Length == 0 ? "Criteria" : group.Title;

    private static string Bar(double? score)
    {
        if (score is not { } known)
            return "";
        var full = (int)Math.Floor((known * Cells) + 1e-9);
        return new string('▰', full) + new string('▱', Cells - full);
    }

    private static string Tally(CriterionVerdict[] criteria) => string.Join(
        ", ",
        criteria.GroupBy(criterion => (criterion.State, Advisory: !criterion.Required && criterion.State is CriterionState.Failed or CriterionState.Inconclusive))
            .OrderBy(group => group.Key.State)
            .Select(group => $"{group.Count():#,0} {StateWords.Of(group.Key.State).Word}{(group.Key.Advisory && group.All(criterion => !criterion.Required) ? " (advisory)" : "")}"));

    /// <summary>What blocks is worse than what only warns.</summary>
    private static (int Rank, CriterionState State) Severity(CriterionVerdict criterion) => criterion.State switch
    {
        CriterionState.Failed when criterion.Required => (6, CriterionState.Failed),
        CriterionState.Inconclusive when criterion.Required => (5, CriterionState.Inconclusive),
        CriterionState.Failed or CriterionState.Inconclusive or CriterionState.Degraded => (4, CriterionState.Degraded),
        CriterionState.Waived => (3, CriterionState.Waived),
        CriterionState.Passed => (2, CriterionState.Passed),
        _ => (1, CriterionState.Skipped),
    };
}
