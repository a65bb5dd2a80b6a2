using System.Text;
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
            // A goroutine may write after its test has ended; then it is told with the package.
            (_running.TryGetValue(test, out var output) ? output : _output).Add(test, data.Output);
    }

    public void AddOutput(string text) => _output.Add("", text);

    /// <param name="action">The package's own end; empty if there is none.</param>
    public void End(string action, int line)
    {
        foreach (var (test, output) in _running)
        {
            // A subtest that fails makes those around it fail (testing.T.Fail), so one around it that passed speaks for it.
            var isPassed = action == "pass" && test.IndexOf('/') is > 0 and var slash && _passedAround.Contains(test[..slash]);
            // The event of an end is lost where the test's own output has no line break before it.
            var outcome = isPassed ? TestOutcome.Passed : output.Said ?? TestOutcome.Error;
            var isFailing = outcome is TestOutcome.Failed or TestOutcome.Error;
            _hasFailure |= isFailing;
            tally.Add(new TestCase(test, name, outcome)
            {
                Message = outcome == TestOutcome.Error ? "the test never ended" : isFailing
                    ? Text.Cut(Text.FirstLine(output.Trace), ResultLimits.Message)
                    : null,
                Details = isFailing ? output.Trace : null,
                FileLine = line,
            });
        }
        if (action.Length == 0)
            tally.Add(Severity.Error, $"package '{name}' never ended: the run was killed or its output is cut off", line);
        // TestMain gave another exit code, or a goroutine panicked between tests: no case tells of it.
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
            Message = Text.Cut(Text.FirstLine(details), ResultLimits.Message),
            Details = details,
            FileLine = line,
        });
    }

    private string Reason() => Text.Cut(Text.FirstLine(_output.Trace), 200) ?? "it does not build, panicked or left early";
}

/// <summary>What a test or package of Go wrote, cut, and what its last line says of its end.</summary>
internal sealed class GoOutput
{
    private readonly StringBuilder _text = new();

    /// <summary>What a last line <c>--- PASS: Name (0.00s)</c> says; null where the output ends otherwise.</summary>
    public TestOutcome? Said { get; private set; }

    /// <summary>The text without the lines of the framework.</summary>
    public string Trace =>
        string.Join('\n', _text.ToString().Split('\n').Where(line => !IsFrame(line.AsSpan().Trim())).Select(line => line.TrimEnd()));

    public void Add(string test, string text)
    {
        if (_text.Length < ResultLimits.Details)
            _text.Append(text, 0, Math.Min(text.Length, ResultLimits.Details - _text.Length));
        // Set anew by each piece of output: only the last line tells the end, one before it may be what the test itself printed.
        Said = text.Contains("--- ", StringComparison.Ordinal) ? End(test, text.AsSpan().TrimEnd()) : null;
    }

    private static TestOutcome? End(string test, ReadOnlySpan<char> line)
    {
        foreach (var (word, outcome) in new[] { ("PASS", TestOutcome.Passed), ("FAIL", TestOutcome.Failed), ("SKIP", TestOutcome.Skipped) })
        {
            var mark = $"--- {word}: {test} (";
            if (line.LastIndexOf(mark, StringComparison.Ordinal) is >= 0 and var at && IsTime(line[(at + mark.Length)..]))
                return outcome;
        }
        return null;
    }

    // As in '0.00s)'.
    private static bool IsTime(ReadOnlySpan<char> text) => text.EndsWith("s)") && text[..^2].Trim("0123456789.").IsEmpty;

    private static bool IsFrame(ReadOnlySpan<char> line) =>
        line.IsEmpty || line.StartsWith("=== ") || line.StartsWith("--- ") || line is "FAIL" or "PASS" || line.StartsWith("coverage: ");
}
