namespace GateAction.Core.Reports;

/// <summary>What the run's page and the change show at the criteria's lines: everything that is not met, worst first.</summary>
public static class Annotations
{
    public static IReadOnlyList<Annotation> Of(Verdict verdict) =>
        [.. verdict.Criteria.Where(criterion => Level(criterion) is not null).OrderByDescending(criterion => Level(criterion)).Select(Of)];

    private static Annotation Of(CriterionVerdict criterion)
    {
        var known = criterion.Position.Line > 0;
        return new(
            Level(criterion)!.Value,
            PlainText.Line($"{criterion.Title}: {StateWords.Of(criterion.State).Word}", 120),
            PlainText.Line(Message(criterion), 1000),
            known ? criterion.Position.File : null,
            known ? criterion.Position.Line : null,
            known ? criterion.Position.Column : null);
    }

    private static string Message(CriterionVerdict criterion)
    {
        string?[] parts = [.. criterion.Explanation, criterion.Reason, criterion.Help is { } help ? $"Help: {help}" : null];
        return string.Join("; ", parts.Where(part => !string.IsNullOrWhiteSpace(part)).DefaultIfEmpty(criterion.Condition));
    }

    private static AnnotationLevel? Level(CriterionVerdict criterion) => criterion.State switch
    {
        CriterionState.Failed or CriterionState.Inconclusive => criterion.Required ? AnnotationLevel.Failure : AnnotationLevel.Warning,
        CriterionState.Degraded => AnnotationLevel.Warning,
        CriterionState.Waived => AnnotationLevel.Notice,
        _ => null,
    };
}
