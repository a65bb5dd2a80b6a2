using GateAction.Core.Model;

namespace GateAction.Sources.Results;

/// <summary>What one result file came to, filled while it is read; everything in it is bounded but the hashes of the cases.</summary>
internal sealed class FileTally(string path, TestFilter filter, long length)
{
    private readonly List<ResultProblem> _problems = [];
    private readonly List<TestCase> _failures = [];
    private readonly List<TestCase> _others = [];
    private readonly PriorityQueue<TestCase, TimeSpan> _slowest = new();
    private readonly Dictionary<string, (string Name, Totals Totals)> _bySuite = new(StringComparer.Ordinal);
    private readonly Required[] _required = new Required[filter.Require.Count];
    private readonly bool _isFiltered = filter.Include.Count + filter.Exclude.Count + filter.Require.Count > 0;
    private Totals _read = new();
    private Totals _counted = new();
    private (string Name, Totals? Totals) _suite = ("", null);

    public string Path { get; } = path;

    /// <summary>The format's name; null where none recognised the file.</summary>
    public string? Format { get; set; }

    /// <summary>True for a file of the same content as an earlier one: read, and left out of everything the files come to
    /// together.</summary>
    public bool IsTwin { get; set; }

    public TestCounts Counts => _counted.Counts;

    /// <summary>Cases before the filter: what the file's own counters are compared with.</summary>
    public long Read => _read.Counts.Total;

    public long ReadPassed => _read.Counts.Passed;

    public long ReadFailing => _read[TestOutcome.Failed] + _read[TestOutcome.Error];

    /// <summary>True for a file that is whole and holds no case.</summary>
    public bool IsEmpty => Read == 0 && Worst is not (Severity.Error or Severity.Unreadable);

    public int Suites { get; set; }

    public TestIndex Index { get; private set; } = new(length);

    public IReadOnlyList<ResultProblem> Problems => _problems;

    /// <summary>Problems past the limit.</summary>
    public int MoreProblems { get; private set; }

    public Severity? Worst { get; private set; }

    /// <summary>Failed and errored cases in order, capped.</summary>
    public IReadOnlyList<TestCase> Failures => _failures;

    /// <summary>How many characters of the next failing case's details are worth reading.</summary>
    public int DetailsLimit => _failures.Count < ResultLimits.Traces ? ResultLimits.Details : 0;

    /// <summary>Skipped and flaky cases in order, capped.</summary>
    public IReadOnlyList<TestCase> Others => _others;

    public IEnumerable<TestCase> Slowest => _slowest.UnorderedItems.Select(item => item.Element);

    public IEnumerable<(string Suite, TestCounts Counts)> BySuite => _bySuite.Values.Select(suite => (suite.Name, suite.Totals.Counts));

    public int SuitesWithCases => _bySuite.Count;

    /// <summary>One for each <c>require</c> pattern of the filter.</summary>
    public IReadOnlyList<Required> Required => _required;

    public long? PeakMemory { get; private set; }

    public void Add(TestCase test)
    {
        var duration = test.Duration ?? TimeSpan.Zero;
        _read.Add(test.Outcome, duration);
        if (_isFiltered && !Accept(test))
            return;
        Count(test.Owner, test.Name, test.Outcome, duration);
        if (test.IsFailing && _failures.Count < ResultLimits.Failures)
            _failures.Add(test);
        else if (test.Outcome is TestOutcome.Skipped or TestOutcome.Flaky && _others.Count < ResultLimits.Others)
            _others.Add(test);
        KeepSlow(test, duration);
        if (test.PeakMemory is { } peak)
            AddPeakMemory(peak);
    }

    /// <summary>Adds a case that plainly passed, as almost all do: a name is made of it only where it is kept.</summary>
    public void AddPassed(string owner, ReadOnlySpan<char> name, TimeSpan duration, Func<TestCase> create)
    {
        if (_isFiltered)
        {
            Add(create());
            return;
        }
        _read.Add(TestOutcome.Passed, duration);
        Count(owner, name, TestOutcome.Passed, duration);
        if (IsSlow(duration))
            KeepSlow(create(), duration);
    }

    public void AddPeakMemory(long bytes) => PeakMemory = Math.Max(PeakMemory ?? 0, bytes);

    public void Add(Severity severity, string message, int line = 0, int column = 0)
    {
        if (Worst is null || severity > Worst)
            Worst = severity;
        // Why a file cannot be read at all is never the one that is left out.
        if (_problems.Count < ResultLimits.Problems || severity == Severity.Unreadable)
        {
            _problems.Add(new(severity, message, line, column));
            return;
        }
        MoreProblems++;
        // However many warnings there are, an error is never the one left out.
        if (severity > Severity.Warning && _problems.FindLastIndex(problem => problem.Severity == Severity.Warning) is >= 0 and var last)
            _problems[last] = new(severity, message, line, column);
    }

    /// <summary>Makes the last problem a worse one.</summary>
    public void RaiseLast(Severity severity)
    {
        if (_problems.Count == 0 || severity <= _problems[^1].Severity)
            return;
        _problems[^1] = _problems[^1] with { Severity = severity };
        Worst = severity > Worst ? severity : Worst;
    }

    /// <summary>Forgets all that was read, so that the file can be read again.</summary>
    public void Clear()
    {
        _problems.Clear();
        _failures.Clear();
        _others.Clear();
        _slowest.Clear();
        _bySuite.Clear();
        Array.Clear(_required);
        (_read, _counted, _suite, Index) = (new(), new(), ("", null), new(length));
        (Suites, MoreProblems, Worst, PeakMemory) = (0, 0, null, null);
    }

    private bool Accept(TestCase test)
    {
        if (!filter.Accepts(test))
            return false;
        for (var i = 0; i < _required.Length; i++)
        {
            // A required test that was skipped did not run; it is told apart from one that is not there.
            if (filter.Require[i].Matches(test))
                _required[i] += test.Outcome == TestOutcome.Skipped ? new(0, test.FullName) : new(1, null);
        }
        return true;
    }

    private void Count(string owner, ReadOnlySpan<char> name, TestOutcome outcome, TimeSpan duration)
    {
        _counted.Add(outcome, duration);
        if (_suite.Totals is null || !string.Equals(_suite.Name, owner, StringComparison.Ordinal))
            _suite = TotalsOf(owner);
        _suite.Totals?.Add(outcome, duration);
        Index.Add(_suite.Name, name, outcome);
    }

    // With the name as it was first read: one string for all cases of a suite, however often the file writes it.
    private (string Name, Totals? Totals) TotalsOf(string suite)
    {
        if (_bySuite.TryGetValue(suite, out var known))
            return known;
        // Past the limit the cases of a suite count in the total alone.
        return _bySuite.Count >= ResultLimits.Suites ? (suite, null) : _bySuite[suite] = (suite, new());
    }

    private bool IsSlow(TimeSpan duration) =>
        duration > TimeSpan.Zero && (_slowest.Count < ResultLimits.Slowest || duration > _slowest.Peek().Duration);

    private void KeepSlow(TestCase test, TimeSpan duration)
    {
        if (!IsSlow(duration))
            return;
        if (_slowest.Count < ResultLimits.Slowest)
            _slowest.Enqueue(test, duration);
        else
            _slowest.EnqueueDequeue(test, duration);
    }
}
