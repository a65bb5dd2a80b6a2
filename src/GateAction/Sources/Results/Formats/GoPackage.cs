using System.Text;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>One package while its tests run.</summary>
internal sealed class GoPackage(string name, FileTally tally)
{
    private readonly Dictionary<string, StringBuilder> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _openSubtests = new(StringComparer.Ordinal);
    private readonly HashSet<string> _passedAround = new(StringComparer.Ordinal);
    private readonly StringBuilder _output = new();
    private bool _hasFailure;

    public void Add(GoEvent data, int line)
    {
        var test = data.Test!;
        if (GoTest.Format.States.TryGet(data.Action, out var outcome))
            End(test, outcome, data.Elapsed, line);
        else if (data.Action == "run")
            Begin(test);
        else if (data.Action == "output" && data.Output is not null)
            AddOutput(_running.TryGetValue(test, out var output) ? output : _output, data.Output);
    }

    public void AddOutput(string text) => AddOutput(_output, text);

    /// <param name="action">The package's own end; empty where there is none.</param>
    public void End(string action, int line)
    {
        foreach (var (test, output) in _running)
        {
            var isPassed = action == "pass" && test.IndexOf('/') is > 0 and var slash && _passedAround.Contains(test[..slash]);
            _hasFailure |= !isPassed;
            tally.Add(new TestCase(test, name, isPassed ? TestOutcome.Passed : TestOutcome.Error)
            {
                Message = isPassed ? null : "the test never ended",
                Details = isPassed ? null : Trace(output),
                FileLine = line,
            });
        }
        if (action.Length == 0)
            tally.Add(Severity.Error, $"package '{name}' never ended: the run was killed or its output is cut off", line);
        else if (action == "fail" && !_hasFailure)
            tally.Add(Severity.Error, $"package '{name}' failed and none of its tests did: {Reason()}", line);
    }

    private void Begin(string test)
    {
        if (!_running.ContainsKey(test))
            CountSubtest(test, 1);
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
        var details = outcome == TestOutcome.Passed || output is null ? null : Trace(output);
        tally.Add(new TestCase(test, name, outcome)
        {
            Duration = elapsed is { } seconds ? Numbers.FromSeconds(seconds) : null,
            Message = Text.Cut(Text.FirstLine(details), Limits.Message),
            Details = details,
            FileLine = line,
        });
    }

    private string Reason() => Text.Cut(Text.FirstLine(Trace(_output)), 200) ?? "it does not build, panicked or left early";

    private static void AddOutput(StringBuilder output, string text)
    {
        if (output.Length < Limits.Details)
            output.Append(text, 0, Math.Min(text.Length, Limits.Details - output.Length));
    }

    private static string Trace(StringBuilder output) => string.Join('\n', output.ToString().Split('\n')
        .Where(line => !IsFrame(line.AsSpan().Trim()))
        .Select(line => line.TrimEnd()));

    private static bool IsFrame(ReadOnlySpan<char> line) =>
        line.IsEmpty || line.StartsWith("=== ") || line.StartsWith("--- ") || line is "FAIL" or "PASS" || line.StartsWith("coverage: ");
}
