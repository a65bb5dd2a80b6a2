using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// JUnit XML in all its dialects (Ant, Surefire, pytest, Jest, GoogleTest, nextest …). No standard defines it: what a case came to is told
/// by its child elements, with a <c>status</c> or <c>result</c> attribute in some dialects; suites nest to any depth.
/// </summary>
internal static class JUnitXml
{
    public static ResultFormat Format { get; } = new(
        "junit",
        "JUnit XML",
        head => head.Root is "testsuites" or "testsuite",
        Read,
        new StateTable(
            "child element",
            new("error", TestOutcome.Error),
            new("failure", TestOutcome.Failed),
            new("rerunFailure", TestOutcome.Failed, "without a failure or error beside it"),
            new("rerunError", TestOutcome.Error, "without a failure or error beside it"),
            new("warning", TestOutcome.Error, "PHPUnit: a test that could not be made, such as one whose data provider is wrong"),
            new("skipped, ignored, disabled", TestOutcome.Skipped),
            new("flakyFailure, flakyError", TestOutcome.Flaky, "it failed and then passed"),
            new("(none of these) with a script's full path for a name", TestOutcome.Skipped,
            "node:test: no test of that file was reported"),
            new("(none of these) with no step between behave's marks", TestOutcome.Skipped, "nothing was judged"),
            new("(none of these) without state and time in Qt 5", TestOutcome.Skipped),
            new("(none of these) without state and time in a list of GoogleTest", TestOutcome.Skipped, "nothing ran"),
            new("(none of these) without time in a suite without time of Vitest", TestOutcome.Error,
                "it never ended: its worker was killed"),
            new("(none of these)", TestOutcome.Passed)))
    {
        Words = JUnitWords.Table,
    };

    /// <summary>The child elements of a case that say what it came to.</summary>
    public static IReadOnlyList<string> Findings { get; } =
        [.. Format.States.States.SelectMany(state => state.Names).Where(name => name.All(char.IsAsciiLetter))];

    // What an element around them hides is a test or a failure all the same.
    private static readonly string[] Watched =
        ["testcase", "testsuite", "testsuites", "failure", "error", "rerunFailure", "rerunError", "flakyFailure", "flakyError"];

    // Two dialects write attempts and tests to come as bare cases, which only the figures of their suite tell from passed ones: such a file
    // is read again.
    private static void Read(ResultSource source, FileTally tally)
    {
        if (ReadOnce(source, tally, new JUnitUncounted()) is not { } uncounted)
            return;
        if (uncounted.HasAttempts)
        {
            // Without the manifest's filter: attempts are known by their number, and it may leave some of them out.
            var all = new FileTally(tally.Path, TestFilter.All, source.Length);
            ReadOnce(source, all, new JUnitUncounted());
            uncounted.FindAttempts(all.Index);
        }
        tally.Clear();
        ReadOnce(source, tally, uncounted);
    }

    /// <returns>What a second reading must know; null where there is no need of one.</returns>
    private static JUnitUncounted? ReadOnce(ResultSource source, FileTally tally, JUnitUncounted known)
    {
        JUnitReader? reader = null;
        Xml.Read(source, tally, xml =>
        {
            xml.Watch(tally, Watched);
            reader = new(xml, tally, known);
            reader.ReadRoot();
        });
        return reader?.Found;
    }
}

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
        // More or fewer than the figures leave out: then nothing is guessed, and that the figures are wrong stays an error.
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
