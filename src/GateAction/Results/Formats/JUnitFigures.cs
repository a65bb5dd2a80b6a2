namespace GateAction.Results.Formats;

/// <summary>What was counted within a JUnit suite, in the ways dialects count.</summary>
/// <param name="Attempts">Cases with each rerun counted apart.</param>
/// <param name="Findings">Failure and error elements: several may stand in one case.</param>
/// <param name="SkipElements">Skip elements, also of cases that failed as well.</param>
internal readonly record struct JUnitFigures(long Cases, long Failing, long Skipped, long Attempts, long Findings, long SkipElements)
{
    public static JUnitFigures operator +(JUnitFigures left, JUnitFigures right) => new(
        left.Cases + right.Cases,
        left.Failing + right.Failing,
        left.Skipped + right.Skipped,
        left.Attempts + right.Attempts,
        left.Findings + right.Findings,
        left.SkipElements + right.SkipElements);
}
