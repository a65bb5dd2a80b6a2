using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// Mocha's <c>json</c> reporter: <c>tests</c> lists every test once more in <c>passes</c>, <c>failures</c> or <c>pending</c>, which alone
/// tell its state; a failed hook stands in <c>failures</c> only.
/// </summary>
internal static class MochaJson
{
    public static ResultFormat Format { get; } = new(
        "mocha",
        "Mocha JSON",
        head => head.HasKeys("stats", "stats.passes", "stats.failures")
        && (head.HasKeys("tests") || head.HasKeys("passes") || head.HasKeys("failures")),
        (source, tally) => JsonStream.Read(source, json => new Reader(json, tally).ReadRoot()),
        new StateTable(
            "list",
            new("passes", TestOutcome.Passed),
            new("passes after a retry", TestOutcome.Flaky, "`currentRetry` is above 0"),
            new("passes without a duration", TestOutcome.Skipped, "`--dry-run`: it did not run"),
            new("failures", TestOutcome.Failed),
            new("pending", TestOutcome.Skipped)));

    private sealed class Reader(JsonStream json, FileTally tally)
    {
        private JsonData _stats = JsonData.Missing;
        private long _listed;
        private long _dry;
        private bool _hasLists;

        public void ReadRoot()
        {
            json.ForEachField(ReadField);
            if (!_hasLists)
                throw new FormatFaultException("the file has none of the lists 'passes', 'failures' and 'pending'", json.Line);
            if (_listed > tally.Read)
                tally.Add(Severity.Error,
                    $"'tests' lists {_listed} tests, only {tally.Read} of them passed, failed or are pending: the others never ended");
            tally.Suites += (int)Math.Min(_stats["suites"].Count ?? 0, int.MaxValue);
            Compare("passes", tally.ReadPassed, tally.ReadPassed + _dry);
            Compare("failures", tally.ReadFailing);
            Compare("tests", tally.Read, _listed);
        }

        private void Compare(string what, params ReadOnlySpan<long> counted) =>
            ClaimedTotals.Compare(tally, "stats", what, ClaimedTotals.Count(tally, "stats", what, _stats[what]), _stats.Line, counted);

        private void ReadField(string field)
        {
            if (field == "stats")
                _stats = json.Value();
            else if (field == "tests")
                json.ForEachItem(_ => _listed++);
            else if (field is "passes" or "failures" or "pending")
                ReadList(Format.States.Of(field, tally, json.Line));
        }

        private void ReadList(TestOutcome outcome)
        {
            _hasLists = true;
            json.ForEachItem(item =>
            {
                var test = Test(item, outcome);
                _dry += outcome == TestOutcome.Passed && test.Outcome == TestOutcome.Skipped ? 1 : 0;
                tally.Add(test);
            });
        }
    }

    private static TestCase Test(JsonData test, TestOutcome outcome)
    {
        var title = test["title"].Text ?? "";
        var full = test["fullTitle"].Text ?? title;
        // Mocha writes no name of the suite: the full title is the titles of all suites around the test, and its own behind them.
        var suite = full.EndsWith(title, StringComparison.Ordinal) ? full[..^title.Length].TrimEnd() : "";
        // Of what ran Mocha says how long.
        var isDry = test["currentRetry"].Number == 0 && test["duration"].IsMissing && !test["file"].IsMissing;
        var isFailed = outcome == TestOutcome.Passed && test["err"]["message"].Text is not null;
        return new(title, suite, outcome switch
        {
            TestOutcome.Passed when isFailed => TestOutcome.Failed,
            TestOutcome.Passed when isDry => TestOutcome.Skipped,
            TestOutcome.Passed when test["currentRetry"].Number > 0 => TestOutcome.Flaky,
            _ => outcome,
        })
        {
            Duration = test["duration"].Milliseconds,
            File = test["file"].Text,
            Message = Text.Cut(test["err"]["message"].Text, ResultLimits.Message),
            Details = test["err"]["stack"].Text,
            FileLine = test.Line,
        };
    }
}
