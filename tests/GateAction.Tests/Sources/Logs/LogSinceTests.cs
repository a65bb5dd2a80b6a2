using GateAction.Core.Model;
using GateAction.Sources.Logs;
using GateAction.Syntax;

namespace GateAction.Tests.Sources.Logs;

internal sealed class LogSinceTests
{
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("gate-log-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

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

    // Between an older and a newer line, and at the end: the old program may have died, or the new one.
    [TestCase("panic: boom", "", "")]
    [TestCase("panic: boom", "2027-03-31T09:00:00Z INFO up", "")]
    [TestCase("ERROR boom", "2027-03-31T09:00:00Z INFO up", "")]
    [TestCase("Traceback (most recent call last):\n  File \"a.py\"\nValueError: boom", "2027-03-31T09:00:00Z INFO up", "")]
    [TestCase("out of memory", "2027-03-31T09:00:00Z INFO up", ", count: { memory: out of memory }")]
    [TestCase("panic: boom", "2027-03-31T09:00:00Z INFO up\n2027-03-31T08:00:05Z INFO late\n2027-03-31T09:00:01Z INFO up", "")]
    public async Task An_error_without_a_time_that_may_be_new_is_not_taken_for_an_old_one(string line, string after, string more)
    {
        Write("app.log", $"2027-03-31T08:00:00Z INFO old\n{line}\n{after}\n");

        var measured = await MeasureAsync("app.log", $"since: 2027-03-31T08:30:00Z, min-lines: 0{more}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.Contain("has no time").And.Contain(line.Split('\n')[0]));
    }

    [TestCase("panic: boom\n2027-03-31T08:00:01Z INFO old too", "")]
    [TestCase("  at Old.Trace()", "")]
    [TestCase("starting", "")]
    [TestCase("panic: boom", ", known: [{ pattern: 'panic: boom', reason: '#12', expires: 2099-01-01 }]")]
    public async Task What_has_no_time_and_is_old_or_no_error_is_passed_over(string line, string more)
    {
        Write("app.log", $"2027-03-31T08:00:00Z INFO old\n{line}\n2027-03-31T09:00:00Z INFO up\n");

        var measured = await MeasureAsync("app.log", $"since: 2027-03-31T08:30:00Z{more}");

        Assert.That((measured.Outcome, measured.Fact("total").AsInt), Is.EqualTo((Outcome.Measured, 1)), measured.Reason);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private Task<Measurement> MeasureAsync(string pattern, string more = "") =>
        ProbeTesting.MeasureAsync($"{{ log-file: '{_folder}/{pattern}'{(more.Length > 0 ? ", " + more : "")} }}");
}
