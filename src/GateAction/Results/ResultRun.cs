using GateAction.Core;

namespace GateAction.Results;

/// <summary>What the files of one result set came to together.</summary>
internal sealed class ResultRun(IReadOnlyList<FileTally> files)
{
    /// <summary>In the order of their paths.</summary>
    public IReadOnlyList<FileTally> Files { get; } = files;

    public TestCounts Counts { get; } = files.Aggregate(default(TestCounts), (sum, file) => sum + file.Counts);

    public int Suites { get; } = files.Sum(file => file.Suites);

    public IEnumerable<TestCase> Failures => Files.SelectMany(file => file.Failures).Take(Limits.Failures);

    public IEnumerable<TestCase> Others => Files.SelectMany(file => file.Others).Take(Limits.Others);

    public IEnumerable<TestCase> Slowest =>
        Files.SelectMany(file => file.Slowest).OrderByDescending(test => test.Duration).ThenBy(test => test.FullName, StringComparer.Ordinal).Take(Limits.Slowest);

    public long? PeakMemory => Files.Max(file => file.PeakMemory);

    public bool HasUnreadable => Files.Any(file => file.Worst == Severity.Unreadable);

    public IReadOnlyDictionary<string, TestCounts> BySuite()
    {
        var suites = new Dictionary<string, TestCounts>(StringComparer.Ordinal);
        foreach (var (suite, counts) in Files.SelectMany(file => file.BySuite))
            suites[suite] = suites.GetValueOrDefault(suite) + counts;
        return suites;
    }
}
