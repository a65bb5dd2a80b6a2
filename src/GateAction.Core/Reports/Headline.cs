using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>The verdict in words and the one thing to look at first, as plain text (what data it holds is not escaped).</summary>
internal static class Headline
{
    /// <param name="previous">What is new since then comes first.</param>
    public static string Of(Verdict verdict, PreviousRun? previous = null) => verdict.State switch
    {
        VerdictState.Passed => $"Passed: {AllMet(verdict)}",
        VerdictState.Warned => $"Passed with warnings{Warning(verdict)}",
        VerdictState.NotConcerned =>
            $"Not concerned: {verdict.Reason ?? Sentence(verdict.Notes) ?? "the change touches nothing that this gate is about"}",
        VerdictState.Failed or VerdictState.Inconclusive => $"Blocked: {Blocker(verdict, previous)}",
    };

    /// <summary>What blocks: failed before not measured, new before known, then in the manifest's order.</summary>
    public static IReadOnlyList<CriterionVerdict> Blockers(Verdict verdict, PreviousRun? previous = null)
    {
        return [.. In(verdict, CriterionState.Failed).Where(IsRequired).OrderBy(IsKnown),
            .. In(verdict, CriterionState.Inconclusive).Where(IsRequired).OrderBy(IsKnown)];

        bool IsKnown(CriterionVerdict criterion) =>
            previous is not null && previous.Criteria.TryGetValue(criterion.Id, out var state) && state == criterion.State;
    }

    /// <summary>One criterion in a few words: what was measured and what is needed, or why it could not be measured.</summary>
    /// <param name="withReason">False if the reason stands beside it anyway.</param>
    public static string Describe(CriterionVerdict criterion, bool withReason = true)
    {
        var reason = withReason && criterion.Reason is not null ? $" ({criterion.Reason})" : "";
        if (criterion.Underlying == CriterionState.Inconclusive)
            return $"{criterion.Title}{(withReason ? " could not be measured" : "")}{reason}";
        if (criterion.Reason is not null)
            return criterion.Title + reason;
        // Of what there is too much the first says more than the number. Of what there is too little nothing is there to be shown.
        if (criterion.Lines is [var line, ..] && criterion.Explanation is [{ Actual: { Name: null }, Operator: "==" or "<" or "<=" }, ..])
            return $"{criterion.Title}: {line}{AndMore(criterion.Lines.Count - 1)}";
        var measured = criterion.Explanation.FirstOrDefault(part => part.Actual is not null);
        return measured switch
        {
            { Needs: { } needs, Actual: { } actual } => $"{criterion.Title} ({actual.Name} was {actual.Text}, needs {needs})",
            { Accepted: { } needs, Actual: { Expression: { } expression } actual } =>
                $"{criterion.Title} "
                + $"({(actual.Counted is { } counted ? Entries(counted, actual.Text) : $"{expression} was {actual.Text}")}, needs {needs})",
            { Actual: { } actual } => $"{criterion.Title} ({measured.Expression} was {actual.Text})",
            _ => criterion.Title,
        };
    }

    private static string Entries(string what, string count) => $"{what} has {count} {(count == "1" ? "entry" : "entries")}";

    private static string AllMet(Verdict verdict)
    {
        var passed = verdict.Criteria.Count(criterion => criterion.State == CriterionState.Passed);
        var skipped = verdict.Criteria.Count(criterion => criterion.State == CriterionState.Skipped);
        return (passed == 1 ? "the one criterion is met" : $"all {StateWords.Criteria(passed)} met")
            + (skipped > 0 ? $", {skipped} skipped" : "");
    }

    private static string Warning(Verdict verdict)
    {
        CriterionVerdict[] notable =
        [
            .. In(verdict, CriterionState.Inconclusive),
            .. In(verdict, CriterionState.Failed),
            .. In(verdict, CriterionState.Degraded),
            .. In(verdict, CriterionState.Waived),
        ];
        return notable.Length == 0
            ? $": {Sentence(verdict.Notes) ?? "the score is below its target"}"
            : $"{Word(notable[0])}: {Describe(notable[0])}{AndMore(notable.Length - 1)}";
    }

    private static string Word(CriterionVerdict criterion) => criterion.State switch
    {
        CriterionState.Degraded => ", degraded",
        CriterionState.Waived => ", waived",
        CriterionState.Failed => ", advisory and not met",
        CriterionState.Inconclusive or CriterionState.Passed or CriterionState.Skipped => "",
    };

    private static string Blocker(Verdict verdict, PreviousRun? previous)
    {
        var blockers = Blockers(verdict, previous);
        if (blockers.Count == 0)
            return Sentence(verdict.Notes) ?? "nothing was decided";
        var first = Cause.Of(blockers, verdict)[0];
        return (first.Words ?? Describe(first.Criteria[0])) + AndMore(blockers.Count - first.Criteria.Count);
    }

    private static string AndMore(int count) => count > 0 ? $", and {count:#,0} more" : "";

    private static string? Sentence(IReadOnlyList<string> notes) => notes.Count > 0 ? notes[0] : null;

    private static bool IsRequired(CriterionVerdict criterion) => criterion.Required;

    private static IEnumerable<CriterionVerdict> In(Verdict verdict, CriterionState state) =>
        verdict.Criteria.Where(criterion => criterion.State == state);
}
