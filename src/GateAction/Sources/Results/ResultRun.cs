using GateAction.Core.Model;

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

    public IEnumerable<TestCase> Failures => Counted.SelectMany(file => file.Failures).Take(Limits.Failures);

    public IEnumerable<TestCase> Others => Counted.SelectMany(file => file.Others).Take(Limits.Others);

    public IEnumerable<TestCase> Slowest =>
        Counted.SelectMany(file => file.Slowest).OrderByDescending(test => test.Duration)
        .ThenBy(test => test.FullName, StringComparer.Ordinal).Take(Limits.Slowest);

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
