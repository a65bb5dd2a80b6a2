using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// JUnit XML in all its dialects (Ant, Surefire, pytest, Jest, GoogleTest, nextest …). No standard defines it: what a case came to is told by its child
/// elements, with a <c>status</c> or <c>result</c> attribute in some dialects; suites nest to any depth.
/// </summary>
internal static class JUnitXml
{
    public static ResultFormat Format { get; } = new(
        "junit",
        "JUnit XML",
        head => head.Root is "testsuites" or "testsuite",
        Read,
        new StateTable(
            "child element or status",
            new("error", TestOutcome.Error),
            new("failure", TestOutcome.Failed),
            new("rerunFailure", TestOutcome.Failed, "without a failure or error beside it"),
            new("rerunError", TestOutcome.Error, "without a failure or error beside it"),
            new("skipped", TestOutcome.Skipped),
            new("ignored", TestOutcome.Skipped),
            new("disabled", TestOutcome.Skipped),
            new("flakyFailure", TestOutcome.Flaky, "it failed and then passed"),
            new("flakyError", TestOutcome.Flaky, "it failed and then passed"),
            new("status=notrun", TestOutcome.Skipped),
            new("status=disabled", TestOutcome.Skipped),
            new("status=skipped", TestOutcome.Skipped),
            new("status=ignored", TestOutcome.Skipped),
            new("status=pending", TestOutcome.Skipped),
            new("status=failed", TestOutcome.Failed, "without a child element"),
            new("status=failure", TestOutcome.Failed, "without a child element"),
            new("status=fail", TestOutcome.Failed, "without a child element"),
            new("status=error", TestOutcome.Error, "without a child element"),
            new("status=errored", TestOutcome.Error, "without a child element"),
            new("status=broken", TestOutcome.Error, "without a child element"),
            new("status=timeout", TestOutcome.Error, "without a child element"),
            new("status=aborted", TestOutcome.Error, "without a child element"),
            new("(none of these)", TestOutcome.Passed)));

    /// <summary>The child elements of a case that say what it came to.</summary>
    public static IReadOnlyList<string> Findings { get; } = [.. Format.States.States.Select(state => state.Name).Where(name => name.All(char.IsAsciiLetter))];

    private static void Read(ResultSource source, FileTally tally) =>
        Xml.Read(source, tally, xml => new JUnitReader(xml, tally).ReadRoot());
}
