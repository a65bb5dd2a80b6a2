using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>Jest's <c>--json</c> and Vitest's <c>json</c> reporter, which writes the same.</summary>
internal static class JestJson
{
    public static ResultFormat Format { get; } = new(
        "jest",
        "Jest and Vitest JSON",
        head => head.HasKeys("numTotalTests") && (head.HasKeys("testResults") || head.HasKeys("numTotalTestSuites")),
        (source, tally) => JsonStream.Read(source, json => new Reader(json, tally).ReadRoot()),
        new StateTable(
            "status",
            new("passed", TestOutcome.Passed),
            new("passed with invocations above 1 or failureMessages", TestOutcome.Flaky, "it passed on a retry"),
            new("failed", TestOutcome.Failed),
            new("pending, skipped, disabled, todo", TestOutcome.Skipped),
            new("pending with meta", TestOutcome.Error, "Vitest: it never ended, such as where its worker was killed")));

    private sealed class Reader(JsonStream json, FileTally tally)
    {
        private readonly Dictionary<string, JsonData> _figures = new(StringComparer.Ordinal);
        private bool _hasResults;
        private bool _hasBrokenFile;

        public void ReadRoot()
        {
            json.ForEachField(field =>
            {
                if (field == "testResults")
                    json.ForEachElement(ReadFile);
                else if (field is "success" or "wasInterrupted" || field.StartsWith("num", StringComparison.Ordinal))
                    _figures[field] = json.Value();
                _hasResults |= field == "testResults";
            });
            if (!_hasResults)
                throw new FormatFaultException("the file has no 'testResults'", json.Line);
            Compare("numTotalTests", "tests", tally.Read);
            Compare("numPassedTests", "passed", tally.ReadPassed);
            Compare("numFailedTests", "failed", tally.ReadFailing);
            // A file that could not be run is told with its own message where it is listed; here only if it is not.
            if (Count("numRuntimeErrorTestSuites") > 0 && !_hasBrokenFile)
                tally.Add(Severity.Error, $"the run says that {Count("numRuntimeErrorTestSuites")} files could not be run");
            if (Figure("wasInterrupted").Flag == true)
                tally.Add(Severity.Error, "the run was interrupted");
            if (Figure("success").Flag == false && tally.ReadFailing == 0 && !_hasBrokenFile)
                tally.Add(Severity.Error, "the run says that it was no success although no test failed");
        }

        // A file's name stands after its tests. One with very many of them is not held for it.
        private void ReadFile()
        {
            var (held, name) = (new List<JsonData>(), (string?)null);
            var (status, message) = (JsonData.Missing, (string?)null);
            var line = json.Line;
            var failingBefore = tally.ReadFailing;
            tally.Suites++;
            json.ForEachField(field =>
            {
                switch (field)
                {
                    case "assertionResults":
                        json.ForEachItem(test => Hold(held, test, name));
                        break;
                    case "name":
                        name = json.Value().Text;
                        break;
                    case "status":
                        status = json.Value();
                        break;
                    case "message":
                        message = json.Value().Text;
                        break;
                }
            });
            held.ForEach(test => tally.Add(Test(test, name)));
            // 'focused' is Jest's word for a file without a failure in which a test did not run.
            if (status.Text is "passed" or "skipped" or "pending" or "todo" or "focused" or null || tally.ReadFailing > failingBefore)
                return;
            _hasBrokenFile = true;
            tally.Add(Severity.Error,
                $"'{Text.Cut(name, 200)}' is {status.Show()} although none of its tests failed: "
                + $"{Text.Cut(Text.FirstLine(message), 300) ?? "it does not say why"}", line);
        }

        private void Hold(List<JsonData> held, JsonData test, string? file)
        {
            if (held.Count < ResultLimits.Failures)
                held.Add(test);
            else
                tally.Add(Test(test, file));
        }

        private TestCase Test(JsonData test, string? file)
        {
            var message = test["failureMessages"].Items.Select(item => item.Text).FirstOrDefault(text => text is not null);
            var outcome = Format.States.Of(test["status"].Text, tally, test.Line);
            if (outcome == TestOutcome.Passed && (test["invocations"].Number > 1 || message is not null))
                outcome = TestOutcome.Flaky;
            // What Jest calls pending is 'skipped' for Vitest, which alone writes 'meta'.
            if (test["status"].Text == "pending" && !test["meta"].IsMissing)
                (outcome, message) = (TestOutcome.Error, message ?? "the test never ended");
            return new(test["title"].Text ?? test["fullName"].Text
                ?? "", string.Join(' ', test["ancestorTitles"].Items.Select(item => item.Text)), outcome)
            {
                File = file,
                Line = test["location"]["line"].SourceLine,
                Duration = test["duration"].Milliseconds,
                Message = Text.Cut(Text.FirstLine(message), ResultLimits.Message),
                Details = message,
                Tags = [.. test["tags"].Items.Select(item => item.Text).OfType<string>()],
                FileLine = test.Line,
            };
        }

        private void Compare(string key, string what, long counted) =>
            ClaimedTotals.Compare(tally, "the run", what, Count(key), Figure(key).Line, counted);

        private long? Count(string key) => ClaimedTotals.Count(tally, "the run", key, Figure(key));

        private JsonData Figure(string key) => _figures.GetValueOrDefault(key) ?? JsonData.Missing;
    }
}
