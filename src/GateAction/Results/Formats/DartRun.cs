using GateAction.Core;
using GateAction.Results.Reading;

namespace GateAction.Results.Formats;

/// <summary>The suites and running tests of one Dart test run.</summary>
internal sealed class DartRun(FileTally tally)
{
    private readonly Dictionary<double, string> _suites = [];
    private readonly Dictionary<double, DartTest> _running = [];
    private bool _isDone;

    public void Add(JsonData data, int line)
    {
        switch (data["type"].Text)
        {
            case "suite" when data["suite"]["id"].Number is { } id:
                tally.Suites++;
                _suites[id] = data["suite"]["path"].Text ?? "";
                break;
            case "testStart" when data["test"]["id"].Number is { } id:
                _running[id] = new(data["test"], data["time"].Number ?? 0);
                break;
            case "error" when data["testID"].Number is { } id && _running.TryGetValue(id, out var test):
                test.Message ??= Text.Cut(data["error"].Text, Limits.Message);
                test.Trace ??= data["stackTrace"].Text;
                break;
            case "testDone" when data["testID"].Number is { } id:
                End(id, data, line);
                break;
            case "done":
                _isDone = true;
                if (data["success"].Flag != true && tally.ReadFailing == 0)
                    tally.Add(Severity.Error, "the run says it was no success although no test failed", line);
                break;
            case null:
                tally.Add(Severity.Error, "an event has no type", line);
                break;
        }
    }

    public void Finish(int line)
    {
        foreach (var test in _running.Values)
            tally.Add(Case(test, TestOutcome.Error, null, line) with { Message = test.Message ?? "the test never ended" });
        if (!_isDone)
            tally.Add(Severity.Error, "has no event 'done': the run was killed or its output is cut off", line);
    }

    private void End(double id, JsonData data, int line)
    {
        if (!_running.Remove(id, out var test))
        {
            tally.Add(Severity.Error, $"test {id} ended and never began: a line is missing", line);
            return;
        }
        var outcome = DartJson.Format.States.Of(data["result"].Text, tally, line);
        var isHidden = data["hidden"].Flag == true && outcome == TestOutcome.Passed;
        if (outcome == TestOutcome.Passed && data["skipped"].Flag == true)
            outcome = TestOutcome.Skipped;
        if (!isHidden)
            tally.Add(Case(test, outcome, data["time"].Number - test.StartedAt, line));
    }

    private TestCase Case(DartTest test, TestOutcome outcome, double? milliseconds, int line)
    {
        var suite = test.Data["suiteID"].Number is { } id ? _suites.GetValueOrDefault(id) ?? "" : "";
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

    private sealed class DartTest(JsonData data, double startedAt)
    {
        public JsonData Data { get; } = data;

        public double StartedAt { get; } = startedAt;

        public string? Message { get; set; }

        public string? Trace { get; set; }
    }
}
