using GateAction.Sources.Logs;

namespace GateAction.Tests.Sources.Logs;

/// <summary>The loggers of <c>loggers.txt</c>, as they write without being told how.</summary>
internal sealed class LoggersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);

    // What a program says of errors where it has none.
    private static readonly string[] Harmless =
        ["0 errors", "error_count=0", "GET /error 200", "no error found", "error: none", "errors=0 failed=0", "a fatal flaw was repaired",
        "the word error", "exit code 0 (no panic)"];

    private static IEnumerable<TestCaseData> Loggers()
    {
        var text = File.ReadAllText(Path.Combine(TestFiles.Repository, "tests/GateAction.Tests/Sources/Logs/loggers.txt"));
        foreach (var part in text.Replace('␉', '\t').TrimEnd().Split("\n\n== ").Skip(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            var (head, records) = (part[..end].Split(": "), part[(end + 1)..].Split("\n|\n"));
            yield return new TestCaseData(head[1], records[0], records[1]).SetArgDisplayNames(head[0]);
        }
    }

    [TestCaseSource(nameof(Loggers))]
    public void Errors_are_counted_and_what_only_speaks_of_them_is_none(string severity, string grave, string info)
    {
        var tally = new LogTally(new LogRules([], [], 1), DateOnly.FromDateTime(Now.UtcDateTime));
        var window = new LogWindow("app.log", null, Now, tally);
        string[] records = [.. Harmless.Select(words => info.Replace("%", words, StringComparison.Ordinal)), grave];

        foreach (var line in string.Join('\n', records).Split('\n'))
            window.Add(line);
        window.Finish();

        var counted = LogSeverities.FactNames.Zip(tally.Severities ?? []).ToDictionary(grade => grade.First, grade => grade.Second);
        Assert.That(tally.Severities, Is.Not.Null);
        Assert.That(counted.Where(grade => grade.Key is not ("info" or "default")).Sum(grade => grade.Value), Is.EqualTo(1),
            string.Join(", ", tally.Shown));
        Assert.That(counted[severity], Is.EqualTo(1));
        Assert.That(counted["info"], Is.EqualTo(Harmless.Length));
    }
}
