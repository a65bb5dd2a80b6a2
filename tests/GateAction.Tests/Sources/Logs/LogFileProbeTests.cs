using System.Text;
using GateAction.Core.Model;

namespace GateAction.Tests.Sources.Logs;

internal sealed class LogFileProbeTests
{
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("gate-log-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Text_and_JSON_are_counted_over_all_files_of_a_pattern()
    {
        Write("a.log", "2027-03-31T08:00:00Z INFO Step 26: ClickHouse initialized\n2027-03-31T08:00:01Z ERROR pool is empty\n");
        Write("b.log",
            "{\"severity\":\"WARNING\",\"time\":\"2027-03-31T08:00:02Z\",\"message\":\"SessionMiddleware\"}\n\n{\"severity\":\"ERROR\",\"message\":\"said \\\"no\\\"\"}\n");

        var measured = await MeasureAsync("*.log",
            "count: { up: 'Step \\d+: ClickHouse', no: 'said \"no\"' }, known: [{ pattern: SessionMiddleware, reason: '#2101', expires: "
            + "2999-01-01 }]");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.Multiple(() =>
        {
            Assert.That(measured.Reason, Is.Null);
            Assert.That(measured.Fact("files").AsInt, Is.EqualTo(2));
            Assert.That(measured.Fact("total").AsInt, Is.EqualTo(4));
            Assert.That(measured.Fact("severity.error").AsInt, Is.EqualTo(2));
            Assert.That(measured.Fact("severity.warning").AsInt, Is.Zero);
            Assert.That(measured.Fact("known").AsInt, Is.EqualTo(1));
            Assert.That(measured.Fact("counts.up").AsInt, Is.EqualTo(1));
            Assert.That(measured.Fact("counts.no").AsInt, Is.EqualTo(1));
            Assert.That(measured.Fact("lines").AsList, Has.Count.EqualTo(2));
            Assert.That(measured.Fact("truncated").IsFalse);
            Assert.That(DateTimeOffset.FromUnixTimeSeconds(measured.Fact("until").Seconds).UtcDateTime,
                Is.EqualTo(new DateTime(2027, 3, 31, 8, 0, 2)));
        });
    }

    [TestCase("app.log", "", "", "the log holds no line; 'min-lines' wants at least 1 (an empty log proves nothing)")]
    [TestCase("app.log", "\n \n\n", "", "the log holds no line; 'min-lines' wants at least 1 (an empty log proves nothing)")]
    [TestCase("app.log", "up\n", "min-lines: 5", "the log holds 1 line; 'min-lines' wants at least 5 (an empty log proves nothing)")]
    [TestCase("app.log", "INFO up\n", "since: 1h",
        "no line of 'FOLDER/app.log' has a time that can be read, so it is not known which of them were written since then; leave out "
        + "'since' to read all of them")]
    [TestCase("app.log", "\0\u0001\u0002", "",
        "'app.log' is no text (UTF-8, UTF-16, or gzip of it); if it is packed in another way, unpack it first")]
    [TestCase("other.log", "INFO", "", "no file fits 'FOLDER/app.log' in 'HERE'")]
    public async Task What_proves_nothing_is_inconclusive(string file, string content, string more, string reason)
    {
        Write(file, content);

        var measured = await MeasureAsync("app.log", more);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        var here = Path.GetTempPath();
        Assert.That(measured.Reason!.Replace(_folder, "FOLDER").Replace(Path.GetRelativePath(here, _folder), "FOLDER")
            .Replace($"'{here}'", "'HERE'"), Is.EqualTo(reason));
    }

    [Test]
    public async Task Lines_without_a_severity_leave_the_count_of_errors_unknown()
    {
        Write("app.log", "started\nstopped\n");

        var measured = await MeasureAsync("app.log", "count: { up: started }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.HasFact("severity"), Is.False);
        Assert.That(measured.Fact("counts.up").AsInt, Is.EqualTo(1));
        Assert.That(measured.Reason, Does.StartWith("no line of the log says its severity"));
    }

    [Test]
    public async Task Each_file_must_say_its_severities_for_errors_to_be_counted()
    {
        Write("a.log", "INFO up\n");
        Write("b.log", "the disk is on fire\n");
        Write("c.log", "\n");

        var both = await MeasureAsync("*.log");
        var one = await MeasureAsync("[ac].log".Replace("[ac]", "{a,c}"));

        Assert.That(both.HasFact("severity"), Is.False);
        Assert.That(both.Reason, Does.Contain("b.log' says its severity in a way that is known"));
        Assert.That(both.Fact("total").AsInt, Is.EqualTo(2));
        Assert.That(one.Fact("severity.error").AsInt, Is.Zero);
    }

    [TestCase(
        "2027-03-31 08:00:00 ERROR boom\nTraceback (most recent call last):\n  File \"a.py\", line 1\n    raise "
        + "X(\"ERROR\")\nOperationalError: FATAL: no\n2027-03-31 08:00:01 INFO up\n", 1, 0)]
    [TestCase(
        "2027-03-31 08:00:00 WARNING retrying\nTraceback (most recent call last):\n  File \"a.py\"\nValueError: ERROR in it\n\nDuring "
        + "handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"b.py\"\nKeyError: "
        + "'ERROR'\n", 0, 0)]
    [TestCase("INFO:root:up\nTraceback (most recent call last):\n  File \"a.py\"\nValueError: x\n", 1, 0)]
    [TestCase(
        "2027-03-31 08:00:00 ERROR boom\njava.lang.IllegalStateException: ERROR FATAL\n\tat a.B.c(B.java:1)\nCaused by: "
        + "java.sql.SQLException: FATAL\n\t... 7 more\n", 1, 0)]
    [TestCase(" INFO [main] up\nERROR [main] gone\n FATAL [main] dead\n", 1, 1)]
    public async Task A_trace_belongs_to_the_line_before_it_and_is_an_error_where_none_announces_it(string text, int errors, int critical)
    {
        Write("app.log", text);

        var measured = await MeasureAsync("app.log");

        Assert.That(measured.Fact("severity.error").AsInt, Is.EqualTo(errors));
        Assert.That(measured.Fact("severity.critical").AsInt, Is.EqualTo(critical));
    }

    [Test]
    public async Task A_line_that_is_too_long_makes_the_log_unclean()
    {
        Write("app.log", "INFO up\n" + new string('x', 100_000) + "ERROR\n");

        var measured = await MeasureAsync("app.log");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Is.EqualTo("one line is longer than 64 KiB and could be read in part only"));
    }

    [Test]
    [NonParallelizable] // What other tests allocate would be counted.
    public async Task A_large_log_is_read_in_flat_memory()
    {
        var path = Path.Combine(_folder, "large.log");
        var line = Encoding.UTF8.GetBytes(
            "2027-03-31T08:00:00Z INFO a line of a log of the usual length, which says that all is well with the request\n");
        using (var stream = new BufferedStream(File.Create(path), 1 << 20))
        {
            for (var i = 0; i < 500_000; i++)
                stream.Write(line);
        }
        var allocated = GC.GetTotalAllocatedBytes();

        var measured = await MeasureAsync("large.log", "count: { well: 'all is well' }");

        Assert.That(measured.Fact("counts.well").AsInt, Is.EqualTo(500_000), measured.Reason);
        Assert.That(GC.GetTotalAllocatedBytes() - allocated, Is.LessThan(50_000_000), "the file has 55 MB, 110 MB as a text");
    }

    [Test]
    public async Task A_log_that_takes_longer_than_its_time_is_inconclusive()
    {
        Write("app.log", string.Concat(Enumerable.Repeat("2026-03-01T10:00:00Z INFO a line like any other\n", 1_000_000)));

        var measured = await MeasureAsync("app.log", "timeout: 1ms");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo("the log could not be read to its end within 1ms; raise 'timeout'"));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private Task<Measurement> MeasureAsync(string pattern, string more = "") =>
        ProbeTesting.MeasureAsync($"{{ log-file: '{_folder}/{pattern}'{(more.Length > 0 ? ", " + more : "")} }}");
}
