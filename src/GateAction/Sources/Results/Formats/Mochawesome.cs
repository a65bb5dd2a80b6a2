using System.Text.Json;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>Mochawesome's JSON (Mocha and Cypress): <c>results[]</c> of suites that nest.</summary>
internal static class Mochawesome
{
    public static ResultFormat Format { get; } = new(
        "mochawesome",
        "Mochawesome JSON",
        head => head.HasKeys("stats", "stats.passes")
        && (head.HasKeys("stats.testsRegistered") || head.HasKeys("results") || head.HasKeys("suites.suites")),
        (source, tally) => JsonStream.Read(source, json => new Reader(json, tally).ReadRoot()),
        new StateTable(
            "state",
            new("passed", TestOutcome.Passed),
            new("failed", TestOutcome.Failed),
            new("pending", TestOutcome.Skipped),
            new("skipped", TestOutcome.Skipped),
            new("skipped: true", TestOutcome.Skipped, "a test that a failed hook kept from running has no state"),
            new("(no state)", TestOutcome.Error)));

    // A suite is read as it comes, never held whole: one can be the size of the file.
    private sealed class Reader(JsonStream json, FileTally tally)
    {
        private JsonData _stats = JsonData.Missing;
        private long _failedHooks;

        public void ReadRoot()
        {
            var hasResults = false;
            json.ForEachField(field =>
            {
                if (field == "stats")
                    _stats = json.Value();
                if (field is not ("results" or "suites"))
                    return;
                hasResults = true;
                // Before version 4 there was one suite around all, named 'suites'.
                if (json.Token == JsonTokenType.StartObject)
                    ReadSuite("", null);
                else
                    json.ForEachElement(() => ReadSuite("", null));
            });
            if (!hasResults)
                throw new FormatFaultException("the file has no 'results'", json.Line);
            Compare("passes", tally.ReadPassed);
            // Mocha counts a hook that failed among the failures, and no test stands for it.
            Compare("failures", tally.ReadFailing, tally.ReadFailing + _failedHooks);
            Compare("tests", tally.Read, tally.Read + _failedHooks);
        }

        private void Compare(string what, params ReadOnlySpan<long> counted) =>
            ClaimedTotals.Compare(tally, "stats", what, ClaimedTotals.Count(tally, "stats", what, _stats[what]), _stats.Line, counted);

        private void ReadSuite(string parent, string? file)
        {
            var name = parent;
            json.ForEachField(field =>
            {
                switch (field)
                {
                    // Title and file are written before the tests and suites that need them.
                    case "title":
                        name = Join(parent, json.Value().Text ?? "");
                        tally.Suites += name == parent ? 0 : 1;
                        break;
                    case "file":
                        file = json.Value().Text is { Length: > 0 } own ? own : file;
                        break;
                    case "tests":
                        json.ForEachItem(test => tally.Add(Test(test, name, file, tally)));
                        break;
                    case "beforeHooks" or "afterHooks":
                        json.ForEachItem(hook => ReadHook(hook, name));
                        break;
                    case "suites":
                        json.ForEachElement(() => ReadSuite(name, file));
                        break;
                }
            });
        }

        private void ReadHook(JsonData hook, string suite)
        {
            if (hook["fail"].Flag != true)
                return;
            _failedHooks++;
            tally.Add(Severity.Error,
                $"hook {hook["title"].Text} of '{Text.Cut(suite, 200)}' failed: {Text.FirstLine(hook["err"]["message"].Text)}", hook.Line);
        }

        private static string Join(string parent, string title) =>
            parent.Length > 0 && title.Length > 0 ? $"{parent} {title}" : parent + title;
    }

    private static TestCase Test(JsonData test, string suite, string? file, FileTally tally) =>
        new(test["title"].Text ?? "", suite, Outcome(test, tally))
        {
            Duration = test["duration"].Milliseconds,
            File = file,
            Message = Text.Cut(test["err"]["message"].Text, ResultLimits.Message),
            Details = test["err"]["estack"].Text,
            FileLine = test.Line,
        };

    // Flags beside the state say the same; where they do not, the worse counts.
    private static TestOutcome Outcome(JsonData test, FileTally tally)
    {
        var isSkipped = test["pending"].Flag == true || test["skipped"].Flag == true;
        var stated = test["state"].Text is { } state ? Format.States.Of(state, tally, test.Line) : isSkipped
            ? TestOutcome.Skipped
            : TestOutcome.Error;
        var flagged = test["fail"].Flag == true || test["timedOut"].Flag == true ? TestOutcome.Failed : isSkipped
            ? TestOutcome.Skipped
            : TestOutcome.Passed;
        var isUnsaid = test["state"].Text is null && flagged == TestOutcome.Failed;
        return isUnsaid || flagged > stated ? flagged : stated;
    }
}
