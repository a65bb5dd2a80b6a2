using System.Text.RegularExpressions;
using GateAction.StandIns.GitHub.State;
using GateAction.Tests.GitHub;
using GateAction.Tests.Sources.Results;

namespace GateAction.Tests.EndToEnd;

/// <summary>
/// The other commands of the real program. What they print is tested elsewhere, in the test's own process; the real program must print the
/// same.
/// </summary>
internal sealed class PublishedProgramCommandTests
{
    private const string Manifest = """
        version: 1
        name: staging
        score: { pass: 90%, warn: 50% }
        probes:
          arch: { file: arch.json }
          values: { file: values.yaml }
        results:
          unit: { files: "results/*" }
        criteria:
          few: arch.json.violations == 0
          replicas: values.json.replicas >= 2
          tests: { pass: unit.failed == 0, required: false }
        """;

    private static readonly string[] Commands =
        ["run", "collect", "decide", "publish", "doctor", "init", "validate", "eval", "results", "history", "schema"];

    /// <summary>Help calls the program by the name of its process.</summary>
    private static readonly string HostName = Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]);

    private string _folder = "";

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("gate-published-").FullName;
        Write("gate.yml", Manifest);
        Write("arch.json", """{"violations": 2}""");
        Write("values.yaml", "replicas: 3\n");
        foreach (var (format, content) in FormatSamples.All)
            Write($"results/{format}", content);
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(0, "", "--help")]
    [TestCase(0, "", "schema", "--markdown")]
    [TestCase(0, "no problems", "validate")]
    [TestCase(2, "cut.yml:4:1: not YAML: while parsing a flow sequence", "validate", "cut.yml", "bad.yml", "list.yml")]
    [TestCase(2, "                      ^~\n", "validate", "bad.yml")]
    [TestCase(2, "\"problems\"", "validate", "--json", "bad.yml")]
    [TestCase(0, "nunit3", "results", "results/*")]
    [TestCase(0, "\"format\": \"dart\"", "results", "--json", "results/*")]
    [TestCase(2, "no option '--nonsense'", "validate", "--nonsense")]
    [TestCase(2, "", "nonsense")]
    public async Task It_prints_what_the_program_prints(int exitCode, string expected, params string[] args)
    {
        Write("cut.yml", "version: 1\ncriteria:\n  a: [1, 2\n");
        Write("bad.yml",
            "version: 1\nprobes: { a: { http: 12, tiemout: 3s } }\ncriteria:\n  a: a.status ==\n  b: { pass: a.ok, weigth: 2 }\n");
        Write("list.yml", "- version: 1\n");

        await SameAsync(exitCode, expected, args);
    }

    [Test]
    public async Task Each_command_has_its_help()
    {
        foreach (var command in Commands)
            await SameAsync(0, "Usage:", command, "--help");
    }

    [Test]
    public async Task The_version_is_printed()
    {
        var run = await RunAsync("--version");

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Out, Does.Match(@"^0\.\d+\.\d+"));
    }

    [Test]
    public async Task The_schema_is_the_one_that_is_committed()
    {
        var run = await RunAsync("schema");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Out.ReplaceLineEndings("\n"),
            Is.EqualTo(await File.ReadAllTextAsync(Path.Combine(TestFiles.Repository, "schema", "gate.schema.json"))));
    }

    [Test]
    public async Task Conditions_have_their_values()
    {
        (string Condition, string Value)[] cases =
        [
            ("""["a1", "b"].map(x, x.matches("^[a-z]\\d$"))""", "[true,false]"),
            ("""timestamp("2027-07-01T22:30:00.250Z").getHours("Europe/Paris")""", "0"),
            ("""timestamp("2027-01-01T00:30:00Z").getDayOfYear("-01:00")""", "364"),
            ("""string(timestamp("2027-01-31T00:00:00Z") + duration("36h"))""", "\"2027-02-01T12:00:00Z\""),
            ("""'%s %d %.2f %e %x %X %b'.format([{"a": [1, true]}, 42, 2.345, 1234.5, 255, "hi", 5])""",
                "\"{a: [1, true]} 42 2.35 1.234500e+03 ff 6869 101\""),
            ("""base64.encode(b"gate") + "a,b".split(",").join("-").replace("a", "ß").upperAscii()""", "\"Z2F0ZQ==ß-B\""),
            ("""math.greatest([1, 2.5]) > 2 && type(1u) == uint && size("😀") == 1 && [3, 1, 2].exists_one(x, x > 2)""", "true"),
            ("1.0 / 3.0", "0.3333333333333333"),
            ("duration(\"1h30m\")", "\"5400s\""),
        ];

        await SameAsync(0, $"[{string.Join(',', cases.Select(pair => pair.Value))}]", "eval",
            $"[{string.Join(", ", cases.Select(pair => pair.Condition))}]");
        await SameAsync(3, "missing", "eval", "missing.field == 1");
        await SameAsync(2, "\n      ^", "eval", "1 + ");
    }

    [Test]
    public async Task Evidence_is_decided_and_kept_as_history()
    {
        var collected = await RunAsync("collect");
        Assert.That(collected.ExitCode, Is.Zero, collected.Out + collected.Error);

        await SameAsync(null, "arch.json.violations == 0: was 2", "decide", "gate-report/evidence.json");
        await SameAsync(0, "33.3%", "history", "gate-report");
        await SameAsync(0, "\"runs\"", "history", "gate-report", "--json");
        await SameAsync(0, "true", "eval", $"arch.json.violations == 2 && unit.total == {4 * FormatSamples.All.Count}", "--evidence",
            "gate-report/evidence.json");
    }

    [Test]
    public async Task A_first_manifest_has_no_problems()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "new"));

        var init = await RunAsync("init", "new/gate.yml");
        var validate = await RunAsync("validate", "--no-env", "new/gate.yml");

        Assert.That((init.ExitCode, validate.ExitCode), Is.EqualTo((0, 0)), init.Out + init.Error + validate.Out + validate.Error);
        Assert.That(validate.Out, Does.Contain("no problems"));
    }

    [TestCase("", true)]
    [TestCase("1", false)]
    public async Task On_a_terminal_tables_fit_and_colours_can_be_switched_off(string noColor, bool hasColor)
    {
        var variables = new Dictionary<string, string> { ["TERM"] = "xterm-256color", ["NO_COLOR"] = noColor };

        var run = await GateProcess.RunOnTerminalAsync(_folder, variables, "run");
        var results = await GateProcess.RunOnTerminalAsync(_folder, variables, "results", "results/junit");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Out);
        Assert.That(run.Out, Does.Contain("arch.json.violations == 0: was 2").And.Contain("measured"));
        Assert.That(results.Out, Does.Contain("results/junit").And.Contain("─"));
        Assert.That(Regex.IsMatch(run.Out, @"\e\[(1;)?[39]\dm"), Is.EqualTo(hasColor), run.Out);
        var longest = results.Out.Split('\n').Max(line => Regex.Replace(line.TrimEnd('\r'), @"\e\[[0-9;?]*[a-zA-Z]", "").Length);
        Assert.That(longest, Is.LessThanOrEqualTo(100), results.Out);
    }

    [Test]
    public async Task A_pull_request_gets_its_comment_and_status()
    {
        await using var scene = await GateScene.StartAsync();
        scene.Pull.BaseSha = scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", (StoredFile)Manifest)).Sha;
        scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368)];
        var job = scene.Job();
        foreach (var file in new[] { "arch.json", "values.yaml" })
            File.Copy(Path.Combine(_folder, file), Path.Combine(job.Directory, file));
        Directory.CreateDirectory(Path.Combine(job.Directory, "results"));
        File.Copy(Path.Combine(_folder, "results", "ctrf"), Path.Combine(job.Directory, "results", "ctrf"));

        var run = await GateProcess.RunAsync(job.Directory, job.Variables, "run");
        var states = scene.GitHub.Repository.Statuses.Select(status => status.State).ToArray();
        var published = await GateProcess.RunAsync(job.Directory, job.Variables, "publish", "gate-report/evidence.json");
        var doctor = await GateProcess.RunAsync(job.Directory, job.Variables, "doctor");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Out + run.Error);
        Assert.That(states, Is.EqualTo(["pending", "failure"]));
        Assert.That(scene.GitHub.Repository.Comments.Single().Body,
            Does.Contain("❌ Blocked: few (violations was 2, needs 0)").And.Contain("c: no"));
        Assert.That(await File.ReadAllTextAsync(job.SummaryPath), Does.Contain("arch.json.violations"));
        Assert.That(await File.ReadAllTextAsync(job.OutputPath), Does.Contain("verdict"));
        Assert.That(run.Out, Does.Contain("::"));
        Assert.That(published.ExitCode, Is.EqualTo(1), published.Out + published.Error);
        Assert.That(scene.GitHub.Repository.Statuses, Has.Count.EqualTo(4));
        Assert.That(doctor.ExitCode, Is.Zero, doctor.Out + doctor.Error);
        Assert.That(doctor.Out, Does.Contain("✓ 'gate/staging' is required on 'main'"));
    }

    /// <summary>Runs the real program and the one in this process, and wants the same of both.</summary>
    private async Task<ProgramRun> SameAsync(int? exitCode, string expected, params string[] args)
    {
        var here = await ProgramRun.InAsync(_folder, _ => null, CancellationToken.None, args);
        var run = await RunAsync(args);
        Assert.That(run, Is.EqualTo(here with { Out = here.Out.Replace($"  {HostName} ", "  gate ") }));
        Assert.That(run.Out + run.Error, Does.Contain(expected));
        if (exitCode is not null)
            Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Out + run.Error);
        return run;
    }

    private Task<ProgramRun> RunAsync(params string[] args) => GateProcess.RunAsync(_folder, new Dictionary<string, string>(), args);

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
