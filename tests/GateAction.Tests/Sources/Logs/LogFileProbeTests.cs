using System.IO.Compression;
using System.Text;
using GateAction.Core.Model;
using GateAction.Sources.Logs;
using GateAction.Syntax;

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

    [Test]
    public async Task Since_reads_from_a_point_in_time_and_a_stack_trace_belongs_to_its_line()
    {
        Write("app.log",
            "banner\n2027-03-31T08:00:00Z ERROR old\n  at Old.Trace()\n2027-03-31T09:00:00Z ERROR new\n  at "
            + "New.Trace()\n2027-03-31T09:00:01Z INFO up\n");

        var measured = await MeasureAsync("app.log", "since: 2027-03-31T08:30:00Z, count: { trace: Trace }");

        Assert.Multiple(() =>
        {
            Assert.That(measured.Fact("total").AsInt, Is.EqualTo(3));
            Assert.That(measured.Fact("severity.error").AsInt, Is.EqualTo(1));
            Assert.That(measured.Fact("counts.trace").AsInt, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Since_may_be_a_fact_of_another_probe()
    {
        Write("deploy.json", "{\"deployed_at\": \"2027-03-31T08:30:00Z\"}");
        Write("app.log", "2027-03-31T08:00:00Z ERROR old\n2027-03-31T09:00:00Z INFO new\n");

        var evidence = await ProbeTesting.CollectAsync(
        [
            ("service", $"file: {Path.Combine(_folder, "deploy.json")}"),
            ("log", $"{{ log-file: {_folder}/app.log, since: '${{service.json.deployed_at}}' }}"),
        ]);

        var log = evidence.Measurements["log"];
        Assert.That(log.Fact("total").AsInt, Is.EqualTo(1), log.Reason);
        Assert.That(log.Fact("severity.error").AsInt, Is.Zero);
    }

    [TestCase("service.json.deployed_at")]
    [TestCase("${service.json.deployed_at}")]
    public void Since_refers_to_the_probe_whose_fact_it_names(string since)
    {
        var problems = new Problems();
        var reading = new Reading(problems, Variables.None);
        var mapping = (MappingNode)YamlTree.Read(new SourceText("gate.yml", $"{{ log-file: app.log, since: '{since}' }}"), problems)!;

        var probe = LogFileProbe.Read(Fields.ToRead("log-file probe", mapping, reading));

        Assert.That(problems.InOrder(), Is.Empty);
        Assert.That(reading.References.Single().Fact.Roots, Is.EqualTo(new[] { "service" }));
        Assert.That(probe.Since!.Written.IsConstant, Is.False);
    }

    [TestCase("yesterday")]
    [TestCase("2027-99-99")]
    public void Since_is_a_time(string since) =>
        Assert.That(ProbeTesting.ProblemsIn($"{{ log-file: app.log, since: {since} }}").Single(),
        Does.StartWith($"found '{since}', expected a timestamp such as 2027-03-31T08:00:00Z"));

    [Test]
    public async Task Nothing_since_the_deployment_is_inconclusive()
    {
        Write("app.log", "2027-03-31T08:00:00Z INFO old\n");

        var measured = await MeasureAsync("app.log", "since: 2027-03-31T08:30:00Z");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason,
            Is.EqualTo(
            "the log holds no line since 2027-03-31T08:30:00Z, 1 line before; 'min-lines' wants at least 1 (an empty log proves nothing)"));
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
    public async Task What_is_older_or_has_no_time_is_counted_and_told_and_clocks_may_differ()
    {
        Write("app.log",
            "2027-03-31T08:29:50Z ERROR old\n  at Old\n2027-03-31T08:29:58Z INFO nearly\n2027-03-31T08:30:01Z INFO new\nmore\n");

        var strict = await MeasureAsync("app.log", "since: 2027-03-31T08:30:00Z");
        var tolerant = await MeasureAsync("app.log", "since: 2027-03-31T08:30:00Z, clock-tolerance: 5s");

        Assert.That((strict.Fact("total").AsInt, strict.Fact("before").AsInt, strict.Fact("untimed").AsInt), Is.EqualTo((2, 3, 2)));
        Assert.That((tolerant.Fact("total").AsInt, tolerant.Fact("before").AsInt), Is.EqualTo((3, 2)));
        Assert.That(strict.Details,
            Has.Some.EqualTo("3 lines before 2027-03-31T08:30:00Z; 2 lines without a readable time, each with the one before it"));
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

    private static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true),
        new UnicodeEncoding(false, false), new UnicodeEncoding(true, false), new UTF32Encoding(false, true), Encoding.Latin1,
    ];

    private static readonly string[] LineEnds = ["\n", "\r\n", "\r", "\r\r\n"];

    [Test]
    public async Task Errors_are_found_in_every_encoding_with_every_end_of_a_line(
        [ValueSource(nameof(Encodings))] Encoding encoding, [ValueSource(nameof(LineEnds))] string end)
    {
        var text = string.Join(end, Enumerable.Range(0, 4000).Select(number => $"2027-03-31T08:00:00Z INFO für {number}")
            .Append("2027-03-31T08:00:01Z ERROR käse"));
        File.WriteAllBytes(Path.Combine(_folder, "app.log"), [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        var measured = await MeasureAsync("app.log");

        Assert.That(measured.Fact("severity.error").AsInt, Is.EqualTo(1), measured.Reason);
        Assert.That(measured.Fact("total").AsInt, Is.EqualTo(4001));
    }

    [TestCase(1)]
    [TestCase(70_000)]
    [TestCase(400_000)]
    public async Task A_log_that_was_emptied_under_its_writer_begins_with_a_hole(int zeros)
    {
        var hole = new string('\0', zeros);
        Write("app.log", $"{hole}INFO up\n{hole}\tindented\n{hole}ERROR boom\n{hole}");

        var measured = await MeasureAsync("app.log");

        Assert.That(measured.Fact("severity.error").AsInt, Is.EqualTo(1), measured.Reason);
        Assert.That(measured.Fact("total").AsInt, Is.EqualTo(3));
        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
    }

    [TestCase("INFO up\nab\0cd\n")]
    [TestCase("INFO up\n\0\0\u0001\u0002\n")]
    [TestCase("PK\u0003\u0004 INFO up\n")]
    [TestCase("BZh91AY INFO up\n")]
    public async Task What_is_no_text_is_inconclusive_wherever_that_shows(string content)
    {
        Write("app.log", content);

        var measured = await MeasureAsync("app.log");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.StartWith("'app.log' is no text"));
    }

    private static byte[] Zip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    [Test]
    public async Task A_rotated_log_is_read_as_it_is_packed()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"2027-03-31T08:00:00Z INFO {number * 7919 % 10007}\n"));
        File.WriteAllBytes(Path.Combine(_folder, "app.log.1.gz"), [.. Zip(text), .. Zip("2027-03-31T08:00:01Z ERROR boom\n"), 0, 0]);
        Write("app.log", "2027-03-31T08:00:02Z INFO up\n");

        var measured = await MeasureAsync("app.log*");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That((measured.Fact("total").AsInt, measured.Fact("severity.error").AsInt), Is.EqualTo((20_002, 1)));
    }

    [Test]
    public async Task A_packed_log_that_is_damaged_or_breaks_off_is_inconclusive()
    {
        var whole = Zip(string.Concat(Enumerable.Range(0, 5000).Select(number => $"INFO {number * 7919 % 10007}\n")));
        byte[][] damaged =
        [
            .. new[] { 3, 12, whole.Length / 2, whole.Length - 9, whole.Length - 8, whole.Length - 1 }.Select(length => whole[..length]),
            [.. whole[..^6], (byte)(whole[^6] ^ 1), .. whole[^5..]], [.. whole, .. "junk"u8],
        ];

        foreach (var bytes in damaged)
        {
            File.WriteAllBytes(Path.Combine(_folder, "app.log.gz"), bytes);
            var measured = await MeasureAsync("app.log.gz");
            Assert.That((measured.Outcome, measured.Reason),
                Is.EqualTo((Outcome.Unknown, "'app.log.gz' is gzip that is damaged or breaks off")), $"{bytes.Length} bytes");
        }
    }

    [TestCase("08:30:00.5", "2027-03-31T08:30:00Z", true)]
    [TestCase("08:30:00.999999", "Wed Mar 31 08:30:00 2027", true)]
    [TestCase("08:30:00.5", "2027-03-31T08:29:60Z", true)]
    [TestCase("08:30:00.5", "2027-03-31T08:29:59Z", false)]
    [TestCase("08:30:00.5", "2027-03-31T08:30:00.500Z", true)]
    [TestCase("08:30:00.5004", "2027-03-31T08:30:00.500Z", true)]
    [TestCase("08:30:00.5", "2027-03-31T08:30:00.499Z", false)]
    [TestCase("08:30:00.5004567", "2027-03-31T08:30:00.500456Z", true)]
    [TestCase("08:30:00.5004567", "2027-03-31T08:30:00.500455Z", false)]
    [TestCase("08:30:00", "2027-03-31T08:30:00Z", true)]
    [TestCase("08:30:00", "2999-03-31T08:30:00Z", true)]
    [TestCase("08:30:00", "2027-03-31T14:00:00+0530", true)]
    [TestCase("08:30:00", "2027-03-31T13:59:59+0530", false)]
    [TestCase("08:30:00", "31.03.2027 08:30:00", true)]
    [TestCase("08:30:00", "31.03.2027 08:29:59", false)]
    public async Task A_line_is_as_late_as_its_time_can_mean(string since, string time, bool isRead)
    {
        Write("app.log", $"{time} ERROR boom\n2999-03-31T08:30:01Z INFO up\n");

        var measured = await MeasureAsync("app.log", $"since: '2027-03-31T{since}Z'");

        Assert.That(measured.Fact("severity.error").AsInt, Is.EqualTo(isRead ? 1 : 0), measured.Reason);
    }

    [TestCase("11/12/2026 08:00:00 ERROR boom")]
    [TestCase("[11/12/2026 08:00:00] ERROR boom")]
    [TestCase("13/12/26 08:00:00 ERROR boom")]
    [TestCase("5.3.2027 8:00 ERROR boom")]
    [TestCase("2027-02-30 08:00:00 ERROR boom")]
    [TestCase("2027-03-31 25:00:00 ERROR boom")]
    public async Task A_time_that_cannot_be_read_is_no_line_without_a_time(string line)
    {
        Write("app.log", $"2027-03-31T08:00:00Z INFO old\n{line}\n2027-03-31T09:00:00Z INFO up\n");

        var measured = await MeasureAsync("app.log", "since: 2027-03-31T08:30:00Z");
        var all = await MeasureAsync("app.log");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.Contain("begins with a time that cannot be read"));
        Assert.That(all.Fact("severity.error").AsInt, Is.EqualTo(1), all.Reason);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private Task<Measurement> MeasureAsync(string pattern, string more = "") =>
        ProbeTesting.MeasureAsync($"{{ log-file: '{_folder}/{pattern}'{(more.Length > 0 ? ", " + more : "")} }}");
}
