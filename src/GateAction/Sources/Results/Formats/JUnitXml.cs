using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// JUnit XML in all its dialects (Ant, Surefire, pytest, Jest, GoogleTest, nextest …). No standard defines it: what a case came to is told
/// by its child elements, with a <c>status</c> or <c>result</c> attribute in some dialects; suites nest to any depth.
/// </summary>
internal static class JUnitXml
{
    public static ResultFormat Format { get; } = new(
        "junit",
        "JUnit XML",
        head => head.Root is "testsuites" or "testsuite",
        Read,
        new StateTable(
            "child element",
            new("error", TestOutcome.Error),
            new("failure", TestOutcome.Failed),
            new("rerunFailure", TestOutcome.Failed, "without a failure or error beside it"),
            new("rerunError", TestOutcome.Error, "without a failure or error beside it"),
            new("warning", TestOutcome.Error, "PHPUnit: a test that could not be made, such as one whose data provider is wrong"),
            new("skipped, ignored, disabled", TestOutcome.Skipped),
            new("flakyFailure, flakyError", TestOutcome.Flaky, "it failed and then passed"),
            new("(none of these) with a script's full path for a name", TestOutcome.Skipped,
            "node:test: no test of that file was reported"),
            new("(none of these) with no step between behave's marks", TestOutcome.Skipped, "nothing was judged"),
            new("(none of these) without state and time in Qt 5", TestOutcome.Skipped),
            new("(none of these) without state and time in a list of GoogleTest", TestOutcome.Skipped, "nothing ran"),
            new("(none of these) without time in a suite without time of Vitest", TestOutcome.Error,
                "it never ended: its worker was killed"),
            new("(none of these)", TestOutcome.Passed)))
    {
        Words = JUnitWords.Table,
    };

    /// <summary>The child elements of a case that say what it came to.</summary>
    public static IReadOnlyList<string> Findings { get; } =
        [.. Format.States.States.SelectMany(state => state.Names).Where(name => name.All(char.IsAsciiLetter))];

    // What an element around them hides is a test or a failure all the same.
    private static readonly string[] Watched =
        ["testcase", "testsuite", "testsuites", "failure", "error", "rerunFailure", "rerunError", "flakyFailure", "flakyError"];

    // Two dialects write attempts and tests to come as bare cases, which only the figures of their suite tell from passed ones: such a file
    // is read again.
    private static void Read(ResultSource source, FileTally tally)
    {
        if (ReadOnce(source, tally, new JUnitUncounted()) is not { } uncounted)
            return;
        if (uncounted.HasAttempts)
        {
            var all = new FileTally(tally.Path, TestFilter.All, source.Length);
            ReadOnce(source, all, new JUnitUncounted());
            uncounted.FindAttempts(all.Index);
        }
        tally.Clear();
        ReadOnce(source, tally, uncounted);
    }

    /// <returns>What a second reading must know; null where there is no need of one.</returns>
    private static JUnitUncounted? ReadOnce(ResultSource source, FileTally tally, JUnitUncounted known)
    {
        JUnitReader? reader = null;
        Xml.Read(source, tally, xml =>
        {
            xml.Watch(tally, Watched);
            reader = new(xml, tally, known);
            reader.ReadRoot();
        });
        return reader?.Found;
    }
}
