using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>The score by group.</summary>
internal static class GroupsSection
{
    private const int Cells = 5;
    private static readonly CriterionState[] States = Enum.GetValues<CriterionState>();

    public static Section Of(Verdict verdict)
    {
        if (verdict.Groups.Count == 0)
            return Section.Whole("groups", 1, $"");
        return new(
            "groups",
            1,
            $"| Group | Score | Criteria |\n|:--|:--|:--|\n",
            [.. verdict.Groups.Select(group => Row(group, verdict))],
            $"\n",
            left => $"| … | | {left} more groups |\n");
    }

    private static MarkdownText Row(GroupScore group, Verdict verdict)
    {
        var criteria = verdict.Criteria.Where(criterion => criterion.GroupId == group.Id).ToArray();
        var worst = StateWords.Of(WorstOf(group, verdict));
        return $"| {worst.Mark} {MarkdownText.Text(Title(group), 80)} | {Bar(group.Score)} {StateWords.Percent(group.Score)} | "
            + $"{Tally(criteria)} |\n";
    }

    /// <summary>The worst that became of its criteria; what only warns counts as degraded.</summary>
    public static CriterionState WorstOf(GroupScore group, Verdict verdict) => verdict.Criteria
        .Where(criterion => criterion.GroupId == group.Id).Select(Weighed)
        .DefaultIfEmpty(CriterionState.Skipped).MaxBy(state => StateWords.Of(state).Rank);

    public static string Title(GroupScore group) => group.Id.Length == 0 && group.Title.Length == 0 ? "Criteria" : group.Title;

    private static string Bar(double? score)
    {
        if (score is not { } known)
            return "";
        // Four fifths of five are four, and as doubles a little less.
        var full = (int)Math.Floor((Math.Clamp(known, 0, 1) * Cells) + 1e-9);
        return new string('▰', full) + new string('▱', Cells - full);
    }

    private static MarkdownText Tally(CriterionVerdict[] criteria)
    {
        var counts = new List<MarkdownText>();
        foreach (var state in States)
        {
            Add(state, criteria.Count(criterion => criterion.State == state && !IsAdvisory(criterion)), $"");
            Add(state, criteria.Count(criterion => criterion.State == state && IsAdvisory(criterion)), $" (advisory)");
        }
        return MarkdownText.Join($", ", counts);

        void Add(CriterionState state, int count, MarkdownText note)
        {
            if (count > 0)
                counts.Add($"{count:#,0} {StateWords.Of(state).Word}{note}");
        }
    }

    private static bool IsAdvisory(CriterionVerdict criterion) => criterion is { IsUnmet: true, Required: false };

    /// <summary>What blocks is worse than what only warns.</summary>
    private static CriterionState Weighed(CriterionVerdict criterion) => IsAdvisory(criterion) ? CriterionState.Degraded : criterion.State;
}
