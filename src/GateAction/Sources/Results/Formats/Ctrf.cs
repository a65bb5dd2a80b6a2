using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>Common Test Report Format (ctrf.io): one JSON document with <c>results.summary</c> and <c>results.tests</c>.</summary>
internal static class Ctrf
{
    public static ResultFormat Format { get; } = new(
        "ctrf",
        "CTRF",
        head => head.HasKeys("reportFormat", "results") || head.HasKeys("results.tool", "results.tests")
        || head.HasKeys("results.summary", "results.tests") || head.HasKeys("results.tool", "results.summary"),
        (source, tally) => JsonStream.Read(source, json => ReadRoot(json, tally)),
        new StateTable(
            "status",
            new("passed", TestOutcome.Passed),
            new("passed with flaky: true or retries or retryAttempts", TestOutcome.Flaky),
            new("failed", TestOutcome.Failed),
            new("skipped", TestOutcome.Skipped),
            new("pending", TestOutcome.Skipped),
            new("other", TestOutcome.Error, "the tool's own state is none of these: interrupted, timed out …")));

    private static void ReadRoot(JsonStream json, FileTally tally)
    {
        // The summary may stand before the tests or behind them: it is kept, and compared when both are read.
        var summary = JsonData.Missing;
        var hasTests = false;
        json.ForEachField(field =>
        {
            if (field == "results")
                json.ForEachField(part =>
                {
                    if (part == "summary")
                        summary = json.Value();
                    hasTests |= part == "tests";
                    if (part == "tests")
                        json.ForEachItem(test => tally.Add(Test(test, tally)));
                });
        });
        if (!hasTests)
            throw new FormatFaultException("the file has no 'results.tests'", json.Line);
        var skipped = tally.Read - tally.ReadPassed - tally.ReadFailing;
        ClaimedTotals.Compare(tally, "summary", "tests", Count("tests"), summary.Line, tally.Read);
        // A flaky test has passed here, and 'other' is a failing case here; in a summary both may be figures of their own.
        ClaimedTotals.Compare(tally, "summary", "passed", Count("passed"), summary.Line, tally.ReadPassed,
            tally.ReadPassed - tally.Counts.Flaky);
        ClaimedTotals.Compare(tally, "summary", "failed", Count("failed"), summary.Line, tally.ReadFailing,
            tally.ReadFailing - (Count("other") ?? 0));
        ClaimedTotals.Compare(tally, "summary", "skipped and pending", Count("skipped") + (Count("pending") ?? 0), summary.Line, skipped);

        long? Count(string name) => ClaimedTotals.Count(tally, "summary", name, summary[name]);
    }

    private static bool IsRetried(JsonData test) =>
        test["flaky"].Flag == true || test["retries"].Count > 0 || test["retryAttempts"].Items.Count > 0;

    private static TestCase Test(JsonData test, FileTally tally)
    {
        var outcome = Format.States.Of(test["status"].Text, tally, test.Line);
        var suite = test["suite"];
        return new(test["name"].Text ?? "", suite.Text ?? string.Join(" > ", suite.Items.Select(item => item.Text)),
            outcome == TestOutcome.Passed && IsRetried(test) ? TestOutcome.Flaky : outcome)
        {
            Duration = test["duration"].Milliseconds,
            File = test["filePath"].Text,
            Line = test["line"].SourceLine,
            Message = Text.Cut(test["message"].Text, ResultLimits.Message),
            Details = test["trace"].Text,
            Tags = [.. test["tags"].Items.Select(tag => tag.Text).OfType<string>()],
            FileLine = test.Line,
        };
    }
}
