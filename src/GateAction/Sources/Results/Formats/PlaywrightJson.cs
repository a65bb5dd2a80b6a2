using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>Playwright's <c>json</c> reporter: suites that nest, in them specs, of each a test for every project, of each a result for
/// every attempt.</summary>
internal static class PlaywrightJson
{
    public static ResultFormat Format { get; } = new(
        "playwright",
        "Playwright JSON",
        head => head.HasKeys("config", "suites")
            && (head.HasKeys("suites[].specs") || head.HasKeys("stats.unexpected") || head.HasKeys("errors", "config.projects")
            || head.HasKeys("errors", "config.rootDir")),
        (source, tally) => JsonStream.Read(source, json => new Reader(json, tally).ReadRoot()),
        new StateTable(
            "status",
            new("expected", TestOutcome.Passed, "also a test that is expected to fail and does"),
            new("flaky", TestOutcome.Flaky),
            new("unexpected", TestOutcome.Failed),
            new("unexpected, last result timedOut", TestOutcome.Error),
            new("unexpected, last result interrupted", TestOutcome.Error),
            new("skipped", TestOutcome.Skipped),
            new("skipped without a result", TestOutcome.Error, "it was to run and never did")));

    private sealed class Reader(JsonStream json, FileTally tally)
    {
        private JsonData _stats = JsonData.Missing;
        private long _flaky;
        private long _unrun;

        public void ReadRoot()
        {
            json.ForEachField(field =>
            {
                if (field == "suites")
                    json.ForEachElement(() => ReadSuite("", null));
                else if (field == "errors")
                    json.ForEachItem(error =>
                        tally.Add(Severity.Error, $"an error outside of the tests: {Text.Cut(Text.FirstLine(error["message"].Text), 300)}",
                        error.Line));
                else if (field == "stats")
                    _stats = json.Value();
            });
            Compare("expected", tally.ReadPassed - _flaky);
            Compare("flaky", _flaky);
            Compare("unexpected", tally.ReadFailing, tally.ReadFailing - _unrun);
            Compare("skipped", tally.Read - tally.ReadPassed - tally.ReadFailing,
                tally.Read - tally.ReadPassed - tally.ReadFailing + _unrun);
        }

        private void ReadSuite(string around, string? file)
        {
            var name = around;
            tally.Suites++;
            json.ForEachField(field =>
            {
                switch (field)
                {
                    case "title":
                        name = Join(around, json.Value().Text ?? "");
                        break;
                    case "file":
                        file = json.Value().Text ?? file;
                        break;
                    case "specs":
                        json.ForEachItem(spec => ReadSpec(spec, name, file));
                        break;
                    case "suites":
                        json.ForEachElement(() => ReadSuite(name, file));
                        break;
                }
            });
        }

        private void ReadSpec(JsonData spec, string suite, string? file)
        {
            var failingBefore = tally.ReadFailing;
            foreach (var test in spec["tests"].Items)
                tally.Add(Test(spec, test, suite, file));
            if (spec["tests"].Items.Count == 0)
                tally.Add(Severity.Error, $"'{Text.Cut(spec["title"].Text, 200)}' has no test: it never ran", spec.Line);
            else if (spec["ok"].Flag == false && tally.ReadFailing == failingBefore)
                tally.Add(Severity.Error, $"'{Text.Cut(spec["title"].Text, 200)}' is not ok although none of its tests failed", spec.Line);
        }

        private TestCase Test(JsonData spec, JsonData test, string suite, string? file)
        {
            var results = test["results"].Items;
            var last = results.Count > 0 ? results[^1] : JsonData.Missing;
            var outcome = Outcome(test, last);
            _flaky += outcome == TestOutcome.Flaky ? 1 : 0;
            var project = test["projectName"].Text ?? test["projectId"].Text ?? "";
            var isBad = outcome is not (TestOutcome.Passed or TestOutcome.Skipped);
            var error = isBad ? results.SelectMany(Errors).LastOrDefault() : null;
            var skip = outcome == TestOutcome.Skipped
                ? test["annotations"].Items.Select(item => item["description"].Text).FirstOrDefault()
                : null;
            return new($"{spec["title"].Text}{(project.Length > 0 ? $" [{project}]" : "")}", suite, outcome)
            {
                File = spec["file"].Text ?? file,
                Line = spec["line"].SourceLine,
                Duration = Numbers.FromMilliseconds(results.Sum(result => result["duration"].Number ?? 0)),
                Message = Text.Cut(Text.FirstLine(error?["message"].Text) ?? skip, ResultLimits.Message),
                Details = error is null ? null : error["stack"].Text ?? error["message"].Text,
                Tags = [.. spec["tags"].Items.Select(tag => tag.Text).OfType<string>()],
                FileLine = test.Line,
            };
        }

        // The status is Playwright's own word over all attempts; what the last of them says may only make it worse.
        private TestOutcome Outcome(JsonData test, JsonData last)
        {
            var outcome = Format.States.Of(test["status"].Text, tally, test.Line);
            var expected = test["expectedStatus"].Text;
            if (outcome == TestOutcome.Skipped && last.IsMissing && expected != "skipped")
                _unrun++;
            return (outcome, last["status"].Text) switch
            {
                // Playwright says 'skipped' also of a test that was to run and never did: it has no result, and was expected to run.
                (TestOutcome.Skipped, null) when expected != "skipped" => TestOutcome.Error,
                (TestOutcome.Skipped, null or "skipped" or "passed") => outcome,
                (TestOutcome.Failed or TestOutcome.Skipped, "timedOut" or "interrupted") => TestOutcome.Error,
                (TestOutcome.Skipped, _) => TestOutcome.Failed,
                // 'expected' says that the last result is the one that was expected. Where it is another, one of the two is wrong.
                (TestOutcome.Passed, var word) when word != (expected ?? "passed") => TestOutcome.Error,
                (TestOutcome.Flaky, not "passed") => TestOutcome.Error,
                _ => outcome,
            };
        }

        private static IEnumerable<JsonData> Errors(JsonData result) =>
            result["errors"].Items.Concat(result["error"].IsObject ? [result["error"]] : []);

        private void Compare(string key, params ReadOnlySpan<long> counted) =>
            ClaimedTotals.Compare(tally, "stats", key, ClaimedTotals.Count(tally, "stats", key, _stats[key]), _stats.Line, counted);

        private static string Join(string around, string title) =>
            around.Length > 0 && title.Length > 0 ? $"{around} > {title}" : around + title;
    }
}
