using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>One package while its tests run.</summary>
internal sealed class GoPackage(string name, FileTally tally)
{
    private readonly Dictionary<string, GoOutput> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _openSubtests = new(StringComparer.Ordinal);
    private readonly HashSet<string> _passedAround = new(StringComparer.Ordinal);
    private readonly GoOutput _output = new();
    private bool _hasFailure;

    public void Add(GoEvent data, int line)
    {
        var test = data.Test!;
        if (GoTest.Format.States.TryGet(data.Action, out var outcome))
            End(test, outcome, data.Elapsed, line);
        else if (data.Action == "run")
            Begin(test, line);
        else if (data.Action == "output" && data.Output is not null)
            (_running.TryGetValue(test, out var output) ? output : _output).Add(test, data.Output);
    }

    public void AddOutput(string text) => _output.Add("", text);

    /// <param name="action">The package's own end; empty where there is none.</param>
    public void End(string action, int line)
    {
        foreach (var (test, output) in _running)
        {
            var isPassed = action == "pass" && test.IndexOf('/') is > 0 and var slash && _passedAround.Contains(test[..slash]);
            // The event of an end is lost where the test's own output has no line break before it.
            var outcome = isPassed ? TestOutcome.Passed : output.Said ?? TestOutcome.Error;
            var isFailing = outcome is TestOutcome.Failed or TestOutcome.Error;
            _hasFailure |= isFailing;
            tally.Add(new TestCase(test, name, outcome)
            {
                Message = outcome == TestOutcome.Error ? "the test never ended" : isFailing
                    ? Text.Cut(Text.FirstLine(output.Trace), Limits.Message)
                    : null,
                Details = isFailing ? output.Trace : null,
                FileLine = line,
            });
        }
        if (action.Length == 0)
            tally.Add(Severity.Error, $"package '{name}' never ended: the run was killed or its output is cut off", line);
        else if (action == "fail" && !_hasFailure)
            tally.Add(Severity.Error, $"package '{name}' failed and none of its tests did: {Reason()}", line);
    }

    private void Begin(string test, int line)
    {
        if (!_running.ContainsKey(test))
            CountSubtest(test, 1);
        else
            tally.Add(Severity.Error, $"test '{Text.Cut(test, 200)}' began twice: a test is lost", line);
        _running[test] = new();
    }

    // Of tests that passed only those are remembered whose subtests are open: a package may have any number of others.
    private void CountSubtest(string test, int change)
    {
        if (test.IndexOf('/') is not (> 0 and var slash))
            return;
        var parent = test[..slash];
        var open = _openSubtests.GetValueOrDefault(parent) + change;
        if (open == 0)
            _openSubtests.Remove(parent);
        else
            _openSubtests[parent] = open;
    }

    private void End(string test, TestOutcome outcome, double? elapsed, int line)
    {
        if (_running.Remove(test, out var output))
            CountSubtest(test, -1);
        _hasFailure |= outcome is TestOutcome.Failed;
        if (outcome == TestOutcome.Passed && _openSubtests.ContainsKey(test))
            _passedAround.Add(test);
        var details = outcome == TestOutcome.Passed || output is null ? null : output.Trace;
        tally.Add(new TestCase(test, name, outcome)
        {
            Duration = elapsed is { } seconds ? Numbers.FromSeconds(seconds) : null,
            Message = Text.Cut(Text.FirstLine(details), Limits.Message),
            Details = details,
            FileLine = line,
        });
    }

    private string Reason() => Text.Cut(Text.FirstLine(_output.Trace), 200) ?? "it does not build, panicked or left early";
}
