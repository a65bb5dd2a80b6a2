using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>What is different from the run that the comment showed before.</summary>
internal static class ChangesSection
{
    public static Section Of(Verdict verdict, PreviousRun? previous)
    {
        const string Name = "what changed";
        if (previous is null)
            return Section.Whole(Name, 1, $"");
        var told = MarkdownText.Join(
            $" · ",
            [
            Ids("newly failed", verdict, criterion => IsBad(criterion.State) && previous.Criteria.TryGetValue(criterion.Id, out var before)
                && !IsBad(before)),
            Ids("repaired", verdict, criterion => criterion.State is CriterionState.Passed
                && previous.Criteria.TryGetValue(criterion.Id, out var before) && IsBad(before)),
            Ids("new", verdict, criterion => !previous.Criteria.ContainsKey(criterion.Id)),
            ScoreChange(verdict.Score, previous.Score),
            ]);
        return Section.Whole(Name, 1, told.IsEmpty ? MarkdownText.Empty : $"Since the last run: {told}\n\n");
    }

    private static bool IsBad(CriterionState state) => state is CriterionState.Failed or CriterionState.Inconclusive;

    private static MarkdownText Ids(string word, Verdict verdict, Func<CriterionVerdict, bool> isOne)
    {
        var ids = verdict.Criteria.Where(isOne).Select(criterion => MarkdownText.Code(criterion.Id)).ToArray();
        MarkdownText more = ids.Length > 5 ? $" and {ids.Length - 5} more" : MarkdownText.Empty;
        return ids.Length == 0 ? MarkdownText.Empty : $"{word} {MarkdownText.Join($", ", ids.Take(5))}{more}";
    }

    private static MarkdownText ScoreChange(double? now, double? before) =>
        now is { } score && before is { } earlier && Math.Abs(score - earlier) >= 0.001
            ? $"score {StateWords.Percent(earlier)} → {StateWords.Percent(score)}"
            : MarkdownText.Empty;
}
