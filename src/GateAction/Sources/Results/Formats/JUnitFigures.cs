namespace GateAction.Sources.Results.Formats;

/// <summary>What was counted within a JUnit suite, in the ways dialects count.</summary>
/// <param name="Errors">Cases that are errors, among those that fail.</param>
/// <param name="Attempts">Cases with each rerun counted apart.</param>
/// <param name="Findings">Failure and error elements: several may stand in one case.</param>
/// <param name="FailedAttempts">The same with those of reruns, also of cases that passed in the end.</param>
/// <param name="SkipElements">Skip elements, also of cases that failed as well.</param>
/// <param name="FailingElsewhere">Cases that fail and that the dialect has in another figure, or in none: PHPUnit's warnings, what CTest
/// could not start.</param>
/// <param name="Todos">Cases among those skipped that no figure has as skipped.</param>
/// <param name="Bare">Cases that passed and have no time.</param>
internal readonly record struct JUnitFigures(
    long Cases,
    long Failing,
    long Errors,
    long Skipped,
    long Attempts,
    long Findings,
    long FailedAttempts,
    long SkipElements,
    long FailingElsewhere = 0,
    long Todos = 0,
    long Bare = 0)
{
    public static JUnitFigures Passed(long cases) => new(cases, 0, 0, 0, cases, 0, 0, 0);

    public static JUnitFigures operator +(JUnitFigures left, JUnitFigures right) => new(
        left.Cases + right.Cases,
        left.Failing + right.Failing,
        left.Errors + right.Errors,
        left.Skipped + right.Skipped,
        left.Attempts + right.Attempts,
        left.Findings + right.Findings,
        left.FailedAttempts + right.FailedAttempts,
        left.SkipElements + right.SkipElements,
        left.FailingElsewhere + right.FailingElsewhere,
        left.Todos + right.Todos,
        left.Bare + right.Bare);
}
