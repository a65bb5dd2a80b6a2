using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>The criteria by what became of them: what blocks is open, the rest is folded.</summary>
internal static class CriteriaSections
{
    private const int MostComparisons = 4;

    private static readonly CriterionState[] Warning = [CriterionState.Failed, CriterionState.Inconclusive, CriterionState.Degraded];

    /// <summary>What blocks: failures before what could not be measured.</summary>
    public static Section Open(Verdict verdict, ReportContext context)
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        return new(
            "failures",
            2,
            $"",
            [.. Cause.Of(Headline.Blockers(verdict, context.Previous), verdict)
                .Select(cause => CriterionBlock.Of(cause, verdict, context, shown))],
            $"",
            left => $"…and {StateWords.Criteria(left)} more. {Comment.FullReport(context)}\n\n");
    }

    /// <summary>Degraded and advisory ones; open where nothing worse is above.</summary>
    public static Section Warnings(Verdict verdict, ReportContext context)
    {
        var warnings = verdict.Criteria.Where(criterion => Warning.Contains(criterion.State)
            && (!criterion.Required || criterion.State == CriterionState.Degraded)).ToArray();
        var shown = new HashSet<string>(StringComparer.Ordinal);
        // In a gate that blocks they are not what has to be done first.
        var isOpen = verdict.State == VerdictState.Warned;
        return Folded(
            "warnings",
            4,
            $"⚠️ {StateWords.Criteria(warnings.Length)} degraded or advisory",
            [.. Cause.Of(warnings.OrderBy(criterion => criterion.State == CriterionState.Degraded), verdict)
                .Select(cause => CriterionBlock.Of(cause, verdict, context, shown))],
            isOpen);
    }

    /// <summary>A checklist by group.</summary>
    public static Section Passed(Verdict verdict)
    {
        var passed = verdict.Criteria.Where(criterion => criterion.State == CriterionState.Passed).ToArray();
        var items = verdict.Groups.SelectMany(group =>
            Checklist(group, [.. passed.Where(criterion => criterion.GroupId == group.Id)], verdict.Groups.Count > 1));
        return Folded("passed criteria", 7, $"✅ {StateWords.Criteria(passed.Length)} passed", [.. items]);
    }

    /// <summary>Nothing if there are no items.</summary>
    public static Section Folded(string name, int rank, MarkdownText summary, IReadOnlyList<MarkdownText> items, bool isOpen = false)
    {
        if (items.Count == 0)
            return Section.Whole(name, rank, $"");
        return new(
            name,
            rank,
            $"<details{(isOpen ? $" open" : MarkdownText.Empty)}>\n<summary><b>{summary}</b></summary>\n\n",
            items,
            $"\n</details>\n\n",
            left => $"\n…and {left:#,0} more.\n");
    }

    /// <summary>What is said behind a criterion that never blocks.</summary>
    public static MarkdownText Advisory(CriterionVerdict criterion) => criterion.Required ? MarkdownText.Empty : $" (advisory)";

    private static IEnumerable<MarkdownText> Checklist(GroupScore group, CriterionVerdict[] criteria, bool hasTitle)
    {
        MarkdownText title = hasTitle ? $"\n**{MarkdownText.Text(GroupsSection.Title(group), 80)}**\n\n" : MarkdownText.Empty;
        foreach (var (index, criterion) in criteria.Index())
            yield return $"{(index == 0 ? title : MarkdownText.Empty)}- ✅ {MarkdownText.Text(criterion.Title, 160)}"
                + $"{Advisory(criterion)}: {Measured(criterion)}\n";
    }

    private static MarkdownText Measured(CriterionVerdict criterion)
    {
        if (criterion.Explanation.Count == 0)
            return MarkdownText.Code(criterion.Condition);
        var left = criterion.Explanation.Count - MostComparisons;
        var shown = MarkdownText.Join($"; ", criterion.Explanation.Take(MostComparisons).Select(CriterionBlock.Explained));
        return left > 0 ? $"{shown} (and {left} more)" : shown;
    }
}
