using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>RSpec's <c>json</c> formatter.</summary>
internal static class RSpecJson
{
    public static ResultFormat Format { get; } = new(
        "rspec",
        "RSpec JSON",
        head => head.HasKeys("summary.example_count")
        || (head.HasKeys("examples") && (head.HasKeys("summary_line") || head.HasKeys("examples[].full_description"))),
        (source, tally) => JsonStream.Read(source, json => ReadRoot(json, tally)),
        new StateTable(
            "status",
            new("passed", TestOutcome.Passed),
            new("failed", TestOutcome.Failed),
            new("pending", TestOutcome.Skipped)));

    private static void ReadRoot(JsonStream json, FileTally tally)
    {
        var summary = JsonData.Missing;
        json.ForEachField(field =>
        {
            if (field == "examples")
                json.ForEachItem(example => tally.Add(Test(example, tally)));
            else if (field == "summary")
                summary = json.Value();
        });
        if (!summary.IsObject)
            tally.Add(Severity.Error, "the file has no 'summary': the run did not end");
        // A file that could not be loaded has no examples: no case tells of it.
        if (Count("errors_outside_of_examples_count") is > 0 and var outside)
            tally.Add(Severity.Error, $"{outside} errors outside of examples: files that could not be loaded", summary.Line);
        ClaimedTotals.Compare(tally, "summary", "examples", Count("example_count"), summary.Line, tally.Read);
        ClaimedTotals.Compare(tally, "summary", "failures", Count("failure_count"), summary.Line, tally.ReadFailing);
        ClaimedTotals.Compare(tally, "summary", "pending", Count("pending_count"), summary.Line,
            tally.Read - tally.ReadPassed - tally.ReadFailing);

        long? Count(string name) => ClaimedTotals.Count(tally, "summary", name, summary[name]);
    }

    private static TestCase Test(JsonData example, FileTally tally)
    {
        var description = example["description"].Text ?? "";
        var full = example["full_description"].Text ?? description;
        var backtrace = string.Join('\n', example["exception"]["backtrace"].Items.Select(line => line.Text));
        var outcome = Format.States.Of(example["status"].Text, tally, example.Line);
        var isFailed = outcome == TestOutcome.Passed && example["exception"].IsObject;
        return new(full, example["file_path"].Text ?? "", isFailed ? TestOutcome.Failed : outcome)
        {
            Duration = example["run_time"].Seconds,
            File = example["file_path"].Text,
            Line = example["line_number"].SourceLine,
            Message = Text.Cut(example["exception"]["message"].Text ?? example["pending_message"].Text, ResultLimits.Message)?.Trim(),
            Details = backtrace.Length == 0 ? null : Text.Cut(backtrace, ResultLimits.Details),
            FileLine = example.Line,
        };
    }
}
