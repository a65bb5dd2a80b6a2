using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results;

/// <summary>What the files of one result set came to together.</summary>
internal sealed class ResultRun(IReadOnlyList<FileTally> files)
{
    /// <summary>In the order of their paths.</summary>
    public IReadOnlyList<FileTally> Files { get; } = files;

    /// <summary>Those whose cases count: a second file of the same content does not.</summary>
    public IReadOnlyList<FileTally> Counted { get; } = [.. files.Where(file => !file.IsTwin)];

    public TestCounts Counts => Counted.Aggregate(default(TestCounts), (sum, file) => sum + file.Counts);

    public int Suites => Counted.Sum(file => file.Suites);

    public IEnumerable<TestCase> Failures => Counted.SelectMany(file => file.Failures).Take(ResultLimits.Failures);

    public IEnumerable<TestCase> Others => Counted.SelectMany(file => file.Others).Take(ResultLimits.Others);

    public IEnumerable<TestCase> Slowest =>
        Counted.SelectMany(file => file.Slowest).OrderByDescending(test => test.Duration)
        .ThenBy(test => test.FullName, StringComparer.Ordinal).Take(ResultLimits.Slowest);

    public long? PeakMemory => Counted.Max(file => file.PeakMemory);

    public bool HasUnreadable => Files.Any(file => file.Worst == Severity.Unreadable);

    public IReadOnlyDictionary<string, TestCounts> BySuite()
    {
        var suites = new Dictionary<string, TestCounts>(StringComparer.Ordinal);
        foreach (var (suite, counts) in Counted.SelectMany(file => file.BySuite))
            suites[suite] = suites.GetValueOrDefault(suite) + counts;
        return suites;
    }
}

/// <summary>Running figures, added up in place.</summary>
internal sealed class Totals
{
    private readonly long[] _byOutcome = new long[5];
    private long _ticks;

    public TestCounts Counts => new(
        _byOutcome.Sum(),
        this[TestOutcome.Passed] + this[TestOutcome.Flaky],
        this[TestOutcome.Failed],
        this[TestOutcome.Error],
        this[TestOutcome.Skipped],
        this[TestOutcome.Flaky],
        TimeSpan.FromTicks(_ticks));

    public void Add(TestOutcome outcome, TimeSpan duration)
    {
        _byOutcome[(int)outcome]++;
        // A file may claim any time; a sum that leaves the range stays at its edge.
        _ticks = _ticks > long.MaxValue - duration.Ticks ? long.MaxValue : _ticks + duration.Ticks;
    }

    public long this[TestOutcome outcome] => _byOutcome[(int)outcome];
}

/// <summary>The lines of evidence that reports show: failing tests first, then what is wrong with the files.</summary>
internal static class ResultDetails
{
    private const int Most = 30;

    private const int Named = 5;

    /// <param name="around">What is wrong around the files.</param>
    public static IReadOnlyList<string> Of(ResultRun run, IEnumerable<string> around) =>
        [.. around.Concat(Failures(run)).Concat(Problems(run)).Take(Most)];

    // Tests that share a message are one line, where the first of them stands.
    private static IEnumerable<string> Failures(ResultRun run)
    {
        var groups = FailureGroup.In(run.Failures).ToDictionary(group => group.Message, StringComparer.Ordinal);
        foreach (var test in run.Failures)
        {
            if (!groups.TryGetValue(FailureGroup.MessageOf(test), out var group))
                yield return Line(test);
            else if (ReferenceEquals(group.Tests[0], test))
                yield return group.Show(Named);
        }
    }

    private static string Line(TestCase test)
    {
        var message = Reading.Text.FirstLine(test.Message);
        return message is null ? test.FullName : $"{test.FullName}: {Text.Cut(message, 300)}";
    }

    private static IEnumerable<string> Problems(ResultRun run) => run.Files
        .SelectMany(file => file.Problems.Select(problem => (file, problem)))
        .OrderByDescending(item => item.problem.Severity)
        .Select(item => ResultFacts.Problem(item.file, item.problem));
}
