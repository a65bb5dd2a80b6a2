using GateAction.Core.Model;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// Holds what a suite says of itself against its cases, dialect by dialect. Where the two disagree something was lost, or the producer
/// miscounted, and nobody can tell which.
/// </summary>
internal sealed class JUnitClaims(FileTally tally, JUnitUncounted found)
{
    public void Compare(JUnitSuite suite)
    {
        CompareWord(suite);
        CompareTests(suite);
        CompareFailing(suite);
        CompareSkipped(suite);
        Settle(suite);
    }

    private void CompareWord(JUnitSuite suite)
    {
        if (suite.Stated is { Outcome: TestOutcome.Failed or TestOutcome.Error } stated && suite.Counted.Failing == 0)
            tally.Add(Severity.Error, $"{suite.Where} says of itself '{stated.Word}' although none of its cases failed", suite.Line);
    }

    private void CompareTests(JUnitSuite suite)
    {
        if (suite.Tests is not { } tests || suite.Dialect == JUnitDialect.Assertions)
            return;
        // What is around suites that each say their own is held against them by their own figures.
        if (suite.Direct.Cases == 0 && suite.NestedTests == tests && suite.Counted.Cases > 0)
            return;
        var (counted, direct) = (suite.Counted, suite.Direct);
        var passed = counted.Cases - counted.Skipped - counted.Failing;
        var isRight = suite.Dialect switch
        {
            // A case with a warning has passed here, and Boost.Test does not count it as a test: fewer are no loss, more are.
            JUnitDialect.Boost => tests <= passed,
            // Where pytest wrote no case at all, nothing shows that it ran: then its own way of counting is no excuse.
            JUnitDialect.Pytest when tests > counted.Cases && counted.Cases > 0 => IsPytest(suite, tests),
            // With nested suites or without; Surefire counts each rerun; jest-junit does not count a file that could not be loaded.
            _ => IsCount(tests, counted) || IsCount(tests, direct) || tests == counted.Attempts || tests == counted.Cases - counted.Errors,
        };
        if (isRight)
            return;
        var missing = tests - counted.Cases;
        if (missing < 0)
            Seek(suite, -missing);
        var message = $"{suite.Where} says {tests} tests, its cases are {counted.Cases}";
        // mocha-junit-reporter says how many it skipped on the root alone: whether the missing cases are those is decided there.
        if (missing > 0 && suite.Skipped is null && suite.Dialect != JUnitDialect.Boost)
            suite.Short.Add(new(missing, message, suite.Line));
        else if (missing <= 0 || UnwrittenSkips(suite) != missing)
            tally.Add(Severity.Error, message, suite.Line);
    }

    private static bool IsCount(long tests, JUnitFigures figures) =>
        tests == figures.Cases || tests == figures.Cases - figures.Skipped || tests == figures.Cases - figures.Todos;

    // Only figures tell bare cases that did not pass from those that did; to know which they are the file is read once more.
    private void Seek(JUnitSuite suite, long tooMany)
    {
        if (suite.Dialect == JUnitDialect.Pytest)
            found.AddAttempts(tooMany);
        else if (suite.Dialect == JUnitDialect.Jest && suite.Direct.Bare >= tooMany)
            found.AddTodos(suite.Number, tooMany);
    }

    // pytest counts reports: a test that passed and broke in its tear-down is one case and two of them, and so is each passed subtest,
    // which is not written at all.
    private bool IsPytest(JUnitSuite suite, long tests)
    {
        if (tests <= suite.Counted.Cases + suite.Counted.Errors)
            return true;
        if (suite.Parent?.Name != "pytest tests")
            return false;
        tally.Add(Severity.Warning,
            $"{suite.Where} says {tests} tests, its cases are {suite.Counted.Cases}: pytest counts passed subtests and does not write them",
            suite.Line);
        return true;
    }

    private void CompareFailing(JUnitSuite suite)
    {
        var (counted, direct) = (suite.Counted, suite.Direct);
        ClaimedTotals.Compare(
            tally,
            suite.Where,
            "failures and errors",
            suite.Failing,
            suite.Line,
            counted.Failing,
            direct.Failing,
            counted.Failing - counted.FailingElsewhere,
            direct.Failing - direct.FailingElsewhere,
            // Catch2 counts each failed assertion of a case, Surefire each failed run of one that was run again.
            counted.Findings,
            direct.Findings,
            counted.FailedAttempts);
    }

    private void CompareSkipped(JUnitSuite suite)
    {
        var (counted, direct) = (suite.Counted, suite.Direct);
        // GoogleTest's 'disabled' leaves out what was skipped while it ran.
        if (!suite.ClaimsSkipped && !(suite.Skipped > counted.Skipped))
            return;
        if (UnwrittenSkips(suite) is > 0 and var unwritten
            && (unwritten == suite.Tests - counted.Cases || unwritten == suite.Short.Sum(part => part.Missing)))
            return;
        ClaimedTotals.Compare(
            tally,
            suite.Where,
            "skipped",
            suite.Skipped,
            suite.Line,
            counted.Skipped,
            direct.Skipped,
            counted.SkipElements,
            counted.Skipped + counted.FailingElsewhere,
            counted.Skipped - counted.Todos,
            direct.Skipped - direct.Todos);
    }

    /// <summary>Skipped cases that are counted and not written, as mocha-junit-reporter leaves them out.</summary>
    private static long? UnwrittenSkips(JUnitSuite suite) => suite.Skipped - suite.Counted.Skipped;

    private void Settle(JUnitSuite suite)
    {
        var missing = suite.Short.Sum(part => part.Missing);
        if (missing == 0)
            return;
        if (UnwrittenSkips(suite) == missing)
        {
            tally.Add(Severity.Warning,
                $"{suite.Where} says {suite.Skipped} skipped, of which {missing} are not written: they are in no figure here", suite.Line);
            return;
        }
        if (suite.Parent is { } parent && suite.Skipped is null)
        {
            parent.Short.AddRange(suite.Short);
            return;
        }
        foreach (var part in suite.Short)
            tally.Add(Severity.Error, part.Message, part.Line);
    }
}
