using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>A gate that is about a part of the repository lets a change through that touches none of it, and only if all that it touches is
/// known.</summary>
internal sealed class NotConcernedTests
{
    private const string Manifest = """
        version: 1
        when: { changed: ["src/web/**"] }
        probes: { arch: { file: compliance.json } }
        criteria: { compliant: arch.json.violations == 0 }
        """;

    private const string Parts = """
        version: 1
        probes:
          arch: { file: compliance.json }
          web: { file: web.json }
        criteria:
          compliant: arch.json.violations == 0
          web-compliant: { pass: web.json.violations == 0, when: { changed: ["src/web/**"] } }
        """;

    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await GateScene.StartAsync();
        _scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", Manifest));
    }

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [TestCase("docs/a.md", 0, "success", "Not concerned: the change touches none of src/web/**")]
    [TestCase("src/web/a.ts", 1, "failure", "compliant")]
    [TestCase("docs/a.md src/web/a.ts", 1, "failure", "compliant")]
    [TestCase("", 1, "failure", "compliant")]
    public async Task A_pull_request_concerns_the_gate_if_it_touches_one_of_its_files(string files, int exitCode, string state,
    string description)
    {
        Touch(files.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.That(await RunAsync(_scene.Job()), Is.EqualTo(exitCode), _scene.Error.ToString());
        Assert.That(_scene.FinalStatuses.Single(), Has.Property("State").EqualTo(state).And.Property("Description").Contains(description));
        Assert.That(_scene.GitHub.Requests, Has.Count.LessThanOrEqualTo(12));
    }

    [TestCase(2999, 0)]
    [TestCase(3000, 1)]
    [TestCase(3100, 1)]
    public async Task A_list_that_ends_where_GitHub_ends_it_is_not_whole(int count, int exitCode)
    {
        Touch([.. Enumerable.Range(0, count).Select(file => $"docs/{file}.md")]);

        Assert.That(await RunAsync(_scene.Job()), Is.EqualTo(exitCode), _scene.Error.ToString());
    }

    [TestCase(299, 0)]
    [TestCase(300, 1)]
    public async Task What_a_queue_or_a_push_adds_is_known_up_to_300_files(int count, int exitCode)
    {
        _scene.Pull.State = "closed";
        (string, StoredFile)[] files =
            [(".github/gate.yml", Manifest), .. Enumerable.Range(0, count).Select(file => ($"docs/{file}.md", (StoredFile)"x"))];
        var queued = _scene.GitHub.Repository.AddCommit("queued", files);
        var queue = await RunAsync(_scene.Keep(StandInJob.MergeGroup(_scene.GitHub, "main", queued.Sha)));
        _scene.GitHub.Repository.AddCommit("main", files);
        var push = await RunAsync(_scene.Keep(StandInJob.Push(_scene.GitHub, "main", runId: 101)));

        Assert.That((queue, push), Is.EqualTo((exitCode, exitCode)), _scene.Error.ToString());
    }

    [TestCase("the list is refused")]
    [TestCase("the branch was set back")]
    [TestCase("the head moves while it is asked for")]
    public async Task What_is_not_known_for_certain_is_measured(string what)
    {
        Touch("docs/a.md");
        var job = _scene.Job();
        if (what == "the list is refused")
            _scene.GitHub.Fail(FaultKind.NotAccessible, request => request.Path.EndsWith("/files", StringComparison.Ordinal), times: 100);
        else if (what == "the branch was set back")
        {
            _scene.Pull.State = "closed";
            var repository = _scene.GitHub.Repository;
            var older = repository.Branches["main"];
            var newer = repository.AddCommit("main", (".github/gate.yml", Manifest), ("docs/a.md", "x")).Sha;
            repository.Branches["main"] = older;
            job = _scene.Keep(StandInJob.Push(_scene.GitHub, "main"));
            job["INPUT_EVENT-BEFORE"] = newer;
            job.RewriteEvent([]);
        }
        else
        {
            // The request for the list is the moment: what it answers is of the new head already.
            _scene.GitHub.Fail(FaultKind.ServerError, request => request.Path.EndsWith("/files", StringComparison.Ordinal) && Move());
        }

        Assert.That(await RunAsync(job), Is.Not.Zero, _scene.Error.ToString());
        Assert.That(_scene.FinalStatuses.Select(status => status.State), Has.None.EqualTo("success"));
    }

    [Test]
    public async Task Outside_of_GitHub_the_files_are_named()
    {
        var job = _scene.Job();
        var variables = (string name) => name.StartsWith("GITHUB", StringComparison.Ordinal) ? null : job[name];
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "gate.yml"), Manifest);
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), """{ "violations": 3 }""");

        var outside = await ProgramRun.InAsync(job.Directory, variables, CancellationToken.None, "run", "--changed", "docs/a.md",
            "README.md");
        var inside = await ProgramRun.InAsync(job.Directory, variables, CancellationToken.None, "run", "--changed", "docs/a.md",
            "src/web/a.ts");
        var unknown = await ProgramRun.InAsync(job.Directory, variables, CancellationToken.None, "run");
        var onGitHub = await ProgramRun.InAsync(job.Directory, name => job[name], CancellationToken.None, "run", "--changed", "docs/a.md");

        Assert.That((outside.ExitCode, inside.ExitCode, unknown.ExitCode, onGitHub.ExitCode), Is.EqualTo((0, 1, 1, 2)), outside.Error);
        Assert.That(outside.Out, Does.Contain("the change touches none of src/web/**"));
        Assert.That(onGitHub.Error, Does.Contain("here GitHub tells which files the change touches"));
    }

    [TestCase(1, "")]
    [TestCase(1, " ", "\n")]
    [TestCase(1, "docs/a.md\nsrc/web/a.ts")]
    [TestCase(1, "docs/a.md\r\nsrc/web/a.ts\r\n")]
    [TestCase(0, "docs/a.md\nREADME.md\n")]
    public async Task A_list_that_a_script_gives_in_one_argument_is_read_and_an_empty_one_says_nothing(int exitCode,
    params string[] changed)
    {
        var job = _scene.Job();
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "gate.yml"), Manifest);
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), """{ "violations": 3 }""");

        var run = await ProgramRun.InAsync(job.Directory, name => name.StartsWith("GITHUB", StringComparison.Ordinal) ? null : job[name],
            CancellationToken.None, ["run", "--changed", .. changed]);

        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Out + run.Error);
    }

    [Test]
    public async Task Sources_that_only_skipped_criteria_read_are_not_measured_and_the_run_is_no_baseline()
    {
        _scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", Parts));
        Touch("docs/a.md");
        var job = _scene.Job();

        await RunAsync(job);

        var evidence = await File.ReadAllTextAsync(Path.Combine(job.Directory, "gate-report", "evidence.json"));
        Assert.That(evidence, Does.Contain("\"arch\": {").And.Not.Contain("\"web\": {"));
        Assert.That(evidence.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal),
            Does.Contain("\"unmeasured\":[\"web\"]"));
    }

    [TestCase("pull_request", "--baseline", "artifact")]
    [TestCase("src/web/**")]
    public async Task On_a_branch_that_changes_are_compared_with_everything_is_measured(string when, params string[] arguments)
    {
        // Otherwise what only pull requests are judged by would never have a baseline.
        _scene.Pull.State = "closed";
        var condition = arguments.Length > 0 ? "web.json.violations < 9" : "web.json.violations <= baseline.web.json.violations";
        _scene.GitHub.Repository.AddCommit("main", ("docs/a.md", "x"), (".github/gate.yml", $$"""
            version: 1
            probes: { arch: { file: compliance.json }, web: { file: compliance.json } }
            criteria:
              compliant: arch.json.violations < 9
              no-worse: { pass: {{condition}}, when: { {{(arguments.Length > 0 ? $"event: {when}" : $"changed: [\"{when}\"]")}} } }
            """));
        var job = _scene.Keep(StandInJob.Push(_scene.GitHub, "main"));

        Assert.That(await RunAsync(job, arguments), Is.Zero, _scene.Error.ToString());

        var evidence = await File.ReadAllTextAsync(Path.Combine(job.Directory, "gate-report", "evidence.json"));
        Assert.That(evidence, Does.Contain("\"web\": {").And.Not.Contain("\"unmeasured\""));
    }

    [TestCase("event: [push]")]
    [TestCase("branch: main")]
    public async Task A_gate_is_not_taken_out_by_event_or_branch(string part)
    {
        _scene.GitHub.Repository.AddCommit("main",
            (".github/gate.yml", Manifest.Replace("changed: [\"src/web/**\"]", part, StringComparison.Ordinal)));

        Assert.That(await RunAsync(_scene.Job()), Is.EqualTo(2));
    }

    private bool Move()
    {
        _scene.Pull.HeadSha = _scene.GitHub.Repository.AddCommit("feature", ("docs/a.md", "y")).Sha;
        return false;
    }

    private void Touch(params string[] files)
    {
        _scene.Pull.Files.Clear();
        _scene.Pull.Files.AddRange(files);
    }

    private async Task<int> RunAsync(StandInJob job, params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), """{ "violations": 3 }""");
        return await Program.RunAsync(["run", .. arguments], _scene.Shell(job), CancellationToken.None);
    }
}
