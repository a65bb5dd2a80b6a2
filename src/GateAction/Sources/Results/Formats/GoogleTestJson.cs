using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>GoogleTest's <c>--gtest_output=json</c>.</summary>
internal static class GoogleTestJson
{
    public static ResultFormat Format { get; } = new(
        "googletest",
        "GoogleTest JSON",
        head => head.HasKeys("testsuites", "tests", "failures")
        && (head.HasKeys("testsuites[].testsuite") || head.HasKeys("disabled") || head.HasKeys("errors")),
        (source, tally) => JsonStream.Read(source, json => new Reader(json, tally).ReadRoot()),
        new StateTable(
            "status and result",
            new("RUN, COMPLETED", TestOutcome.Passed, "without failures"),
            new("NOTRUN, SUPPRESSED, SKIPPED", TestOutcome.Skipped),
            new("failures", TestOutcome.Failed)));

    private sealed class Reader(JsonStream json, FileTally tally)
    {
        public void ReadRoot()
        {
            var claims = new Dictionary<string, JsonData>(StringComparer.Ordinal);
            json.ForEachField(field =>
            {
                if (field == "testsuites")
                    json.ForEachElement(ReadSuite);
                else
                    claims[field] = json.Value();
            });
            Compare("the run", claims, 0, 0);
        }

        private void ReadSuite()
        {
            var claims = new Dictionary<string, JsonData>(StringComparer.Ordinal);
            var (read, failing, name) = (tally.Read, tally.ReadFailing, "");
            tally.Suites++;
            json.ForEachField(field =>
            {
                if (field == "testsuite")
                    json.ForEachItem(test => tally.Add(Test(test, name)));
                else
                    claims[field] = json.Value();
                // GoogleTest writes the name before the tests, so that no test has to be held for it.
                name = field == "name" ? claims[field].Text ?? "" : name;
            });
            Compare($"suite '{Text.Cut(name, 100)}'", claims, read, failing);
        }

        private TestCase Test(JsonData test, string suite)
        {
            // The worst of three: of a test that failed both words are as of one that passed (RUN, COMPLETED), and one that calls
            // GTEST_SKIP has the status RUN and the result SKIPPED.
            var outcome = test["failures"].Items.Count > 0 ? TestOutcome.Failed : TestOutcome.Passed;
            outcome = Worse(outcome, Format.States.Of(test["status"].Text, tally, test.Line));
            // Before 1.10 there was no 'result'.
            if (!test["result"].IsMissing)
                outcome = Worse(outcome, Format.States.Of(test["result"].Text, tally, test.Line));
            var message = test["failures"].Items.Select(failure => failure["failure"].Text).FirstOrDefault()
                ?? test["skipped"].Items.Select(skip => skip["message"].Text).FirstOrDefault();
            var parameter = test["value_param"].Text ?? test["type_param"].Text;
            return new($"{test["name"].Text}{(parameter is null ? "" : $" ({Text.Cut(parameter, 200)})")}", suite, outcome)
            {
                ClassName = test["classname"].Text,
                File = test["file"].Text,
                Line = test["line"].SourceLine,
                // "0.001s": the JSON form of a duration in Protocol Buffers.
                Duration = Numbers.Seconds(test["time"].Text?.TrimEnd('s')),
                Message = outcome == TestOutcome.Passed ? null : Text.Cut(Text.FirstLine(message), ResultLimits.Message),
                Details = message,
                FileLine = test.Line,
            };
        }

        private static TestOutcome Worse(TestOutcome one, TestOutcome other) => one > other ? one : other;

        private void Compare(string where, Dictionary<string, JsonData> claims, long readBefore, long failingBefore)
        {
            var (tests, failures, errors) = (Claim("tests"), Claim("failures"), Claim("errors"));
            ClaimedTotals.Compare(tally, where, "tests", tests.Count, tests.Line, tally.Read - readBefore);
            ClaimedTotals.Compare(tally, where, "failures and errors", failures.Count + (errors.Count ?? 0), failures.Line,
                tally.ReadFailing - failingBefore);

            (long? Count, int Line) Claim(string key)
            {
                var value = claims.GetValueOrDefault(key) ?? JsonData.Missing;
                return (ClaimedTotals.Count(tally, where, key, value), value.Line);
            }
        }
    }
}
