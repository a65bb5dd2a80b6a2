using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>The suites and running tests of one Dart test run.</summary>
internal sealed class DartRun(FileTally tally)
{
    private static readonly string[] TestFields = ["test", "testID", "result", "skipped", "hidden"];

    private readonly Dictionary<double, string> _suites = [];
    private readonly Dictionary<double, DartGroup> _groups = [];
    private readonly Dictionary<double, DartTest> _running = [];
    private readonly HashSet<string> _unknown = [];
    private long? _allSuites;
    private bool _isDone;

    public void Add(JsonData data, int line)
    {
        switch (data["type"].Text)
        {
            case "suite" when data["suite"]["id"].Number is { } id:
                tally.Suites++;
                _suites[id] = data["suite"]["path"].Text ?? "";
                break;
            // The outermost group of a suite counts all tests below it.
            case "group" when data["group"]["id"].Number is { } id:
                if (data["group"]["parentID"].Number is null && data["group"]["testCount"].Count is { } tests)
                    _groups[id] = new(data["group"]["suiteID"].Number, tests, line);
                break;
            case "allSuites":
                _allSuites = data["count"].Count;
                break;
            case "testStart" when data["test"]["id"].Number is { } id:
                if (!_running.TryAdd(id, new(data["test"], data["time"].Number ?? 0)))
                    tally.Add(Severity.Error, $"test {id} began twice: a test is lost", line);
                break;
            case "error" when data["testID"].Number is { } id:
                AddError(id, data, line);
                break;
            case "testDone" when data["testID"].Number is { } id:
                End(id, data, line);
                break;
            case "done":
                _isDone = true;
                Compare(data["success"].Flag, line);
                break;
            case "start" or "print" or "debug":
                break;
            case var type:
                ReportUnread(type, data, line);
                break;
        }
    }

    public void Finish(int line)
    {
        foreach (var test in _running.Values)
            Count(test, Case(test, TestOutcome.Error, null, line) with { Message = test.Message ?? "the test never ended" });
        // A suite that was never loaded has no event of its own: this count tells that it is missing.
        if (_allSuites > _suites.Count)
            tally.Add(Severity.Error, $"the run says {_allSuites} suites, {_suites.Count} are there", line);
        foreach (var group in _groups.Values.Where(group => group.Seen < group.Tests))
            tally.Add(Severity.Error, $"suite '{Text.Cut(SuiteOf(group.Suite), 100)}' says {group.Tests} tests, its cases are {group.Seen}",
                group.Line);
        if (!_isDone)
            tally.Add(Severity.Error, "the file has no event 'done': the run was killed or its output is cut off", line);
    }

    // By the protocol a test that ended well and has an error afterwards has failed, and nothing else says so.
    private void AddError(double id, JsonData data, int line)
    {
        var message = Text.Cut(data["error"].Text, ResultLimits.Message);
        if (!_running.TryGetValue(id, out var test))
        {
            tally.Add(Severity.Error,
                $"test {id} has an error and is not running: it failed after its end, or a line is missing: "
                + $"{Text.Cut(Text.FirstLine(message), 200)}", line);
            return;
        }
        test.Message ??= message;
        test.Trace ??= data["stackTrace"].Text;
    }

    private void Compare(bool? success, int line)
    {
        // By the protocol null: the runner was closed before all tests had run.
        if (success is null)
            tally.Add(Severity.Error, "the run was stopped before all tests ran: its event 'done' says neither success nor failure", line);
        else if (success == false && tally.ReadFailing == 0)
            tally.Add(Severity.Error, "the run says it was no success although no test failed", line);
        else if (success == true && tally.ReadFailing > 0)
            tally.Add(Severity.Error, $"the run says it was a success although {tally.ReadFailing} of its tests failed", line);
    }

    // The protocol may grow; but where an event is about a test, that test may be lost in it.
    private void ReportUnread(string? type, JsonData data, int line)
    {
        var isOfTest = type is null or "testStart" or "testDone" or "error" || TestFields.Any(data.Fields.ContainsKey);
        if (!isOfTest && !(_unknown.Count < ResultLimits.Problems && _unknown.Add(type!)))
            return;
        tally.Add(
            isOfTest ? Severity.Error : Severity.Warning,
            type switch
            {
                null => "an event has no type",
                "suite" or "group" or "testStart" or "testDone" or "error" => $"an event '{type}' has no id",
                _ when isOfTest => $"'{Text.Cut(type, 50)}' is not a known type of event and is not read; a test may be lost in it",
                _ => $"'{Text.Cut(type, 50)}' is not a known type of event and is not read",
            },
            line);
    }

    private void End(double id, JsonData data, int line)
    {
        if (!_running.Remove(id, out var test))
        {
            tally.Add(Severity.Error, $"test {id} ended and never began: a line is missing", line);
            return;
        }
        var outcome = DartJson.Format.States.Of(data["result"].Text, tally, line);
        // 'loading a_test.dart' and setUpAll are hidden tests: of no interest, unless one of them fails.
        var isHidden = data["hidden"].Flag == true && outcome == TestOutcome.Passed;
        if (outcome == TestOutcome.Passed && data["skipped"].Flag == true)
            outcome = TestOutcome.Skipped;
        if (!isHidden)
            Count(test, Case(test, outcome, data["time"].Number - test.StartedAt, line));
    }

    private void Count(DartTest test, TestCase read)
    {
        tally.Add(read);
        foreach (var id in test.Data["groupIDs"].Items)
        {
            if (id.Number is { } number && _groups.TryGetValue(number, out var group))
                group.Seen++;
        }
    }

    private string SuiteOf(double? id) => id is { } number ? _suites.GetValueOrDefault(number) ?? "" : "";

    private TestCase Case(DartTest test, TestOutcome outcome, double? milliseconds, int line)
    {
        var suite = SuiteOf(test.Data["suiteID"].Number);
        // By the protocol 'url' and 'line' are where test() was called, perhaps in a helper; 'root_url' and 'root_line' are there only
        // if that is another file, and name the place in the suite itself.
        var isRoot = test.Data["root_line"].SourceLine is not null;
        return new(test.Data["name"].Text ?? "", suite.Replace('\\', '/'), outcome)
        {
            File = isRoot ? test.Data["root_url"].Text : suite.Length > 0 ? suite : test.Data["url"].Text,
            Line = test.Data[isRoot ? "root_line" : "line"].SourceLine,
            Duration = milliseconds is { } time ? Numbers.FromMilliseconds(time) : null,
            Message = test.Message ?? test.Data["metadata"]["skipReason"].Text,
            Details = test.Trace,
            FileLine = line,
        };
    }

    /// <param name="suite">The suite's id.</param>
    /// <param name="tests">How many tests it says it has.</param>
    private sealed class DartGroup(double? suite, long tests, int line)
    {
        public double? Suite { get; } = suite;

        public long Tests { get; } = tests;

        public int Line { get; } = line;

        public long Seen { get; set; }
    }

    private sealed class DartTest(JsonData data, double startedAt)
    {
        public JsonData Data { get; } = data;

        public double StartedAt { get; } = startedAt;

        public string? Message { get; set; }

        public string? Trace { get; set; }
    }
}
