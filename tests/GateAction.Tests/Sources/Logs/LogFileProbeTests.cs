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
        Write("b.log", "{\"severity\":\"WARNING\",\"time\":\"2027-03-31T08:00:02Z\",\"message\":\"SessionMiddleware\"}\n\n{\"severity\":\"ERROR\",\"message\":\"said \\\"no\\\"\"}\n");

        var measured = await MeasureAsync("*.log", "count: { up: 'Step \\d+: ClickHouse', no: 'said \"no\"' }, known: [{ pattern: SessionMiddleware, reason: '#2101', expires: 2999-01-01 }]");

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
            Assert.That(DateTimeOffset.FromUnixTimeSeconds(measured.Fact("until").Seconds).UtcDateTime, Is.EqualTo(new DateTime(2027, 3, 31, 8, 0, 2)));
        });
    }

    [Test]
    public async Task Since_reads_from_a_point_in_time_and_a_stack_trace_belongs_to_its_line()
    {
        Write("app.log", "banner\n2027-03-31T08:00:00Z ERROR old\n  at Old.Trace()\n2027-03-31T09:00:00Z ERROR new\n  at New.Trace()\n2027-03-31T09:00:01Z INFO up\n");

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
        Assert.That(ProbeTesting.ProblemsIn($"{{ log-file: app.log, since: {since} }}").Single(), Does.StartWith($"found '{since}', expected a timestamp such as 2027-03-31T08:00:00Z"));

    [Test]
    public async Task Nothing_since_the_deployment_is_inconclusive()
    {
        Write("app.log", "2027-03-31T08:00:00Z INFO old\n");

        var measured = await MeasureAsync("app.log", "since: 2027-03-31T08:30:00Z");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo("the log holds no line since 2027-03-31T08:30:00Z; 'min-lines' wants at least 1 (an empty log proves nothing)"));
    }

    [TestCase("app.log", "", "", "the log holds no line; 'min-lines' wants at least 1 (an empty log proves nothing)")]
    [TestCase("app.log", "\n \n\n", "", "the log holds no line; 'min-lines' wants at least 1 (an empty log proves nothing)")]
    [TestCase("app.log", "up\n", "min-lines: 5", "the log holds 1 line; 'min-lines' wants at least 5 (an empty log proves nothing)")]
    [TestCase("app.log", "INFO up\n", "since: 1h", "no line of 'FOLDER/app.log' begins with a time, so it is not known which of them were written since then; leave out 'since' to read all of them")]
    [TestCase("app.log", "\0\u0001\u0002", "", "'app.log' is no text; where it is compressed, unpack it first")]
    [TestCase("other.log", "INFO", "", "no file fits 'FOLDER/app.log' in 'HERE'")]
    public async Task What_proves_nothing_is_inconclusive(string file, string content, string more, string reason)
    {
        Write(file, content);

        var measured = await MeasureAsync("app.log", more);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        var here = Path.GetTempPath();
        Assert.That(measured.Reason!.Replace(_folder, "FOLDER").Replace(Path.GetRelativePath(here, _folder), "FOLDER").Replace($"'{here}'", "'HERE'"), Is.EqualTo(reason));
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
        var line = Encoding.UTF8.GetBytes("2027-03-31T08:00:00Z INFO a line of a log of the usual length, which says that all is well with the request\n");
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
        Write("app.log", string.Concat(Enumerable.Repeat("2026-03-01T10:00:00Z INFO a line like any other\n", 100_000)));

        var measured = await MeasureAsync("app.log", "timeout: 1ms");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo("the log could not be read to its end within 0.001 s; raise 'timeout'"));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private Task<Measurement> MeasureAsync(string pattern, string more = "") =>
        ProbeTesting.MeasureAsync($"{{ log-file: '{_folder}/{pattern}'{(more.Length > 0 ? ", " + more : "")} }}");
}
