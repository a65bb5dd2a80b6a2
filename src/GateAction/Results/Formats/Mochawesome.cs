using GateAction.Core;
using GateAction.Results.Reading;

namespace GateAction.Results.Formats;

/// <summary>Mochawesome's JSON (Mocha and Cypress): <c>results[]</c> of suites that nest.</summary>
internal static class Mochawesome
{
    public static ResultFormat Format { get; } = new(
        "mochawesome",
        "Mochawesome JSON",
        head => head.HasKeys("stats", "results") || head.HasKeys("stats", "stats.testsRegistered"),
        (source, tally) => JsonStream.Read(source, json => ReadRoot(json, tally)),
        new StateTable(
            "state",
            new("passed", TestOutcome.Passed),
            new("failed", TestOutcome.Failed),
            new("pending", TestOutcome.Skipped),
            new("skipped", TestOutcome.Skipped),
            new("skipped: true", TestOutcome.Skipped, "a test that a failed hook kept from running has no state"),
            new("(no state)", TestOutcome.Error)));

    private static void ReadRoot(JsonStream json, FileTally tally)
    {
        var stats = JsonData.Missing;
        var hasResults = false;
        json.ForEachField(field =>
        {
            if (field == "stats")
                stats = json.Value();
            hasResults |= field == "results";
            if (field == "results")
                json.ForEachItem(suite => ReadSuite(suite, "", null, tally));
        });
        if (!hasResults)
            throw new FormatFaultException("has no 'results'", json.Line);
        Claims.Compare(tally, "stats", "passes", stats["passes"].Count, stats.Line, tally.ReadPassed);
        Claims.Compare(tally, "stats", "tests", stats["tests"].Count, stats.Line, tally.Read, tally.Read + tally.Problems.Count);
    }

    private static void ReadSuite(JsonData suite, string parent, string? file, FileTally tally)
    {
        var title = suite["title"].Text ?? "";
        var name = parent.Length > 0 && title.Length > 0 ? $"{parent} {title}" : parent + title;
        file = suite["file"].Text is { Length: > 0 } own ? own : file;
        if (title.Length > 0)
            tally.Suites++;
        foreach (var test in suite["tests"].Items)
            tally.Add(Test(test, name, file, tally));
        foreach (var hook in suite["beforeHooks"].Items.Concat(suite["afterHooks"].Items).Where(hook => hook["fail"].Flag == true))
            tally.Add(Severity.Error, $"hook {hook["title"].Text} of '{Text.Cut(name, 200)}' failed: {Text.FirstLine(hook["err"]["message"].Text)}", hook.Line);
        foreach (var child in suite["suites"].Items)
            ReadSuite(child, name, file, tally);
    }

    private static TestCase Test(JsonData test, string suite, string? file, FileTally tally) => new(test["title"].Text ?? "", suite, Outcome(test, tally))
    {
        Duration = test["duration"].Milliseconds,
        File = file,
        Message = Text.Cut(test["err"]["message"].Text, Limits.Message),
        Details = test["err"]["estack"].Text,
        FileLine = test.Line,
    };

    private static TestOutcome Outcome(JsonData test, FileTally tally) => test["state"].Text switch
    {
        { } state => Format.States.Of(state, tally, test.Line),
        null when test["fail"].Flag == true => TestOutcome.Failed,
        null when test["pending"].Flag == true || test["skipped"].Flag == true => TestOutcome.Skipped,
        null => TestOutcome.Error,
    };
}
