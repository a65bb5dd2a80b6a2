using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// What the words in attributes of a case or suite say (<c>status</c>, <c>result</c>, <c>outcome</c>, <c>state</c>, <c>success</c>). Each
/// producer has its own; a word that nobody knows is never a passed test.
/// </summary>
internal static class JUnitWords
{
    public static StateTable Table { get; } = new(
        "word of an attribute",
        new("passed, pass, success, successful, succeeded, ok, okay, run, ran, completed, complete, executed, finished, done, expected, "
        + "fixed, true, yes", TestOutcome.Passed),
        new("flaky, flake", TestOutcome.Flaky),
        new(
            "skipped, skip, ignored, ignore, disabled, notrun, pending, todo, excluded, suppressed, deselected, quarantined, unsupported, "
            + "notapplicable, n/a, xfail, xfailed, expectedfailure",
            TestOutcome.Skipped,
            "where CTest says why a test has not run and it is no skip, it is an error"),
        new("failed, failure, fail, failing, ko, false, no, unexpected, regression, xpass, xpassed", TestOutcome.Failed),
        new(
            "error, errored, broken, timeout, timedout, aborted, abort, crashed, crash, panicked, panic, cancelled, canceled, "
            + "interrupted, killed, terminated, stopped, fatal, exception",
            TestOutcome.Error),
        new(
            "untested, undefined, ambiguous, inconclusive, blocked, incomplete, unknown, invalid, notrunnable, notexecuted, not run, "
            + "not_run, not-run, inprogress, running, started, hookerror, cleanuperror",
            TestOutcome.Error,
            "it did not run to an end that says anything"));

    /// <summary>What the word means; null for one that nobody knows. Underlines, dashes and blanks mean nothing unless a row has
    /// them.</summary>
    public static TestOutcome? Find(string word)
    {
        var text = word.Trim();
        if (text.Length == 0)
            // An empty word says nothing. Passed is the least of all outcomes, so that anything else that the case says counts.
            return TestOutcome.Passed;
        if (Table.TryGet(text, out var outcome))
            return outcome;
        var letters = string.Concat(text.Where(character => character is not ('_' or '-' or ' ')));
        return letters.Length != text.Length && Table.TryGet(letters, out outcome) ? outcome : null;
    }

    /// <summary>The same for a case, where an unknown word is an error and a problem.</summary>
    public static TestOutcome Of(string attribute, string word, FileTally tally, int line)
    {
        if (Find(word) is { } outcome)
            return outcome;
        tally.Add(Severity.Error,
            $"{attribute} '{Text.Cut(word, 50)}' is no known word for what a test came to; the case counts as an error", line);
        return TestOutcome.Error;
    }

    /// <summary>True for an element that is named like a failure or like a word for one.</summary>
    public static bool LooksLikeFinding(string element) =>
        Suggestion.Nearest(element, JUnitXml.Findings) is not null
        || Find(element) > TestOutcome.Flaky
        || element.EndsWith("failure", StringComparison.OrdinalIgnoreCase)
        || element.EndsWith("error", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for an attribute of a suite that counts cases which did not end well and is none of the usual two.</summary>
    public static bool CountsFailures(string attribute) =>
        attribute is "failure" or "fail" or "fails" or "failing" or "error" or "errored" or "broken" or "crashed" or "aborted"
            or "interrupted" or "unexpected";

    /// <summary>True for an attribute whose word says what a case or suite came to.</summary>
    public static bool IsState(string attribute) => attribute is "status" or "result" or "outcome" or "state" or "success";
}
