using GateAction.Core.Model;

namespace GateAction.Core.Reports.Machine;

/// <summary>What the run's page and the change show: everything that is not met at its line of the manifest, worst first; then each failing
/// test at its line.</summary>
public static class Annotations
{
    /// <param name="evidence">Null if only the verdict is known: then the criteria alone are annotated.</param>
    public static IReadOnlyList<Annotation> Of(Verdict verdict, Evidence? evidence) =>
    [
        // The worst first: of a step GitHub shows ten errors and ten warnings, and drops the rest.
        .. verdict.Criteria.Where(criterion => Level(criterion) is not null).OrderByDescending(criterion => Level(criterion)).Select(Of),
        .. FailingTest.In(verdict, evidence).Select(Of),
    ];

    /// <summary>Null for a criterion of which there is nothing to say.</summary>
    internal static AnnotationLevel? Level(CriterionVerdict criterion) => criterion.State switch
    {
        CriterionState.Failed or CriterionState.Inconclusive => criterion.Required ? AnnotationLevel.Failure : AnnotationLevel.Warning,
        CriterionState.Degraded => AnnotationLevel.Warning,
        CriterionState.Waived => AnnotationLevel.Notice,
        CriterionState.Passed or CriterionState.Skipped => null,
    };

    private static Annotation Of(FailingTest test) =>
        new(test.Level, PlainText.Line($"{test.Name} failed", 200), PlainText.Line(test.Message, 1000), test.File, test.Line);

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
        string?[] parts = [.. criterion.Explanation.Select(part => part.ToString()), criterion.Reason, criterion.Help is { } help
            ? $"Help: {help}"
            : null];
        return string.Join("; ", parts.Where(part => !string.IsNullOrWhiteSpace(part)).DefaultIfEmpty(criterion.Condition));
    }
}

public enum AnnotationLevel
{
    Notice,
    Warning,
    Failure,
}

/// <summary>A remark at a line of the manifest or of a test.</summary>
/// <param name="File">Below the repository's root; null for none.</param>
/// <param name="Line">From 1.</param>
public sealed record Annotation(AnnotationLevel Level, string Title, string Message, string? File = null, int? Line = null,
    int? Column = null);
