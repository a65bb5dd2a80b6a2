using GateAction.Core;

namespace GateAction.Results;

/// <summary>What one result file came to, filled while it is read; everything in it is bounded but the hashes of the cases.</summary>
internal sealed class FileTally(string path, TestFilter filter)
{
    private readonly List<ResultProblem> _problems = [];
    private readonly List<TestCase> _failures = [];
    private readonly List<TestCase> _others = [];
    private readonly PriorityQueue<TestCase, TimeSpan> _slowest = new();
    private readonly Dictionary<string, TestCounts> _bySuite = new(StringComparer.Ordinal);
    private readonly Required[] _required = new Required[filter.Require.Count];

    public string Path { get; } = path;

    /// <summary>The format's name; null where none recognised the file.</summary>
    public string? Format { get; set; }

    /// <summary>True for a file of the same content as an earlier one: read, and left out of everything the files come to together.</summary>
    public bool IsTwin { get; set; }

    public TestCounts Counts { get; private set; }

    /// <summary>Cases before the filter: what the file's own counters are compared with.</summary>
    public long Read { get; private set; }

    public long ReadPassed { get; private set; }

    public long ReadFailing { get; private set; }

    public int Suites { get; set; }

    public TestIndex Index { get; } = new();

    public IReadOnlyList<ResultProblem> Problems => _problems;

    /// <summary>Problems past the limit.</summary>
    public int MoreProblems { get; private set; }

    public Severity? Worst { get; private set; }

    /// <summary>Failed and errored cases in order, capped.</summary>
    public IReadOnlyList<TestCase> Failures => _failures;

    /// <summary>Skipped and flaky cases in order, capped.</summary>
    public IReadOnlyList<TestCase> Others => _others;

    public IEnumerable<TestCase> Slowest => _slowest.UnorderedItems.Select(item => item.Element);

    public IReadOnlyDictionary<string, TestCounts> BySuite => _bySuite;

    /// <summary>One for each <c>require</c> pattern of the filter.</summary>
    public IReadOnlyList<Required> Required => _required;

    public long? PeakMemory { get; private set; }

    public void Add(TestCase test)
    {
        Read++;
        ReadPassed += test.Outcome is TestOutcome.Passed or TestOutcome.Flaky ? 1 : 0;
        ReadFailing += test.IsFailing ? 1 : 0;
        if (filter.Include.Count + filter.Exclude.Count > 0 && !filter.Accepts(test))
            return;
        for (var i = 0; i < _required.Length; i++)
        {
            if (filter.Require[i].Matches(test))
                _required[i] += test.Outcome == TestOutcome.Skipped ? new(0, test.FullName) : new(1, null);
        }
        var duration = test.Duration ?? TimeSpan.Zero;
        var counts = TestCounts.Of(test.Outcome, duration);
        Counts += counts;
        CountSuite(test.Owner, counts);
        Index.Add(test.Owner, test.Name, test.Outcome);
        Keep(test, duration);
        if (test.PeakMemory is { } peak)
            PeakMemory = Math.Max(PeakMemory ?? 0, peak);
    }

    public void AddPeakMemory(long bytes) => PeakMemory = Math.Max(PeakMemory ?? 0, bytes);

    public void Add(Severity severity, string message, int line = 0, int column = 0)
    {
        if (Worst is null || severity > Worst)
            Worst = severity;
        if (_problems.Count < Limits.Problems || severity == Severity.Unreadable)
            _problems.Add(new(severity, message, line, column));
        else
            MoreProblems++;
    }

    private void CountSuite(string suite, TestCounts counts)
    {
        if (_bySuite.TryGetValue(suite, out var known))
            _bySuite[suite] = known + counts;
        else if (_bySuite.Count < Limits.Suites)
            _bySuite.Add(suite, counts);
    }

    private void Keep(TestCase test, TimeSpan duration)
    {
        if (test.IsFailing && _failures.Count < Limits.Failures)
            _failures.Add(test);
        else if (test.Outcome is TestOutcome.Skipped or TestOutcome.Flaky && _others.Count < Limits.Others)
            _others.Add(test);
        if (duration == TimeSpan.Zero)
            return;
        if (_slowest.Count < Limits.Slowest)
            _slowest.Enqueue(test, duration);
        else if (duration > _slowest.Peek().Duration)
            _slowest.EnqueueDequeue(test, duration);
    }
}
