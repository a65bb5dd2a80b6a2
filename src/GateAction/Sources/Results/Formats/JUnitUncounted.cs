using GateAction.Core.Model;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// Bare cases that look passed and that their suite leaves out of <c>tests</c>: earlier attempts of a test (pytest-rerunfailures), tests
/// that are to be written (jest-junit's <c>todo</c>). Found by a first reading, used by a second.
/// </summary>
internal sealed class JUnitUncounted
{
    private readonly Dictionary<int, long> _todos = [];
    private readonly Dictionary<ulong, int> _attempts = [];
    private long _wantedAttempts;

    public bool HasAttempts => _wantedAttempts > 0;

    public bool IsEmpty => _todos.Count == 0 && !HasAttempts;

    /// <param name="suite">The number of the suite in its file.</param>
    public void AddTodos(int suite, long count) => _todos[suite] = count;

    public void AddAttempts(long count) => _wantedAttempts += count;

    public long TodosOf(int suite) => _todos.GetValueOrDefault(suite);

    /// <summary>Takes tests that stand several times for attempts where they are as many as the figures leave out.</summary>
    public void FindAttempts(TestIndex index)
    {
        var entries = index.Entries.Chunks.SelectMany(chunk => chunk).ToArray();
        Array.Sort(entries);
        for (int from = 0, to; from < entries.Length; from = to)
        {
            for (to = from + 1; to < entries.Length && TestIndex.IdentityOf(entries[to]) == TestIndex.IdentityOf(entries[from]);)
                to++;
            var passed = entries.AsSpan(from, to - from).Count(TestIndex.IdentityOf(entries[from]) | (ulong)TestOutcome.Passed);
            // Where all of them passed the last is the test itself.
            if (to - from > 1 && (passed == to - from ? passed - 1 : passed) is > 0 and var attempts)
                _attempts[TestIndex.IdentityOf(entries[from])] = attempts;
        }
        if (_attempts.Values.Sum(attempts => (long)attempts) != _wantedAttempts)
            _attempts.Clear();
    }

    /// <summary>What a bare case is: passed; flaky where it is the last of several attempts; null for an attempt that another
    /// follows.</summary>
    public TestOutcome? OutcomeOf(TestCase test)
    {
        if (_attempts.Count == 0 || !_attempts.TryGetValue(TestIndex.IdentityOf(test), out var left))
            return TestOutcome.Passed;
        if (left == 0)
            return TestOutcome.Flaky;
        _attempts[TestIndex.IdentityOf(test)] = left - 1;
        return null;
    }

    /// <summary>True where bare cases must be looked up.</summary>
    public bool KnowsAttempts => _attempts.Count > 0;
}
