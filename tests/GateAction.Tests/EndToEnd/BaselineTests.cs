using System.IO.Compression;
using System.Text.Json.Nodes;
using GateAction.Core.Model;
using GateAction.GitHub.Artifacts;
using GateAction.StandIns.GitHub;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>The baseline from the artifacts of the base branch's last successful runs, through the whole program.</summary>
internal sealed class BaselineTests
{
    private const string Manifest = """
        version: 1
        name: staging
        probes:
          arch: { file: compliance.json }
        criteria:
          no-worse: arch.json.violations <= baseline.arch.json.violations
        """;

    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await GateScene.StartAsync();
        _scene.Pull.BaseSha = _scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", Manifest)).Sha;
    }

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [TestCase(3, 0)]
    [TestCase(4, 1)]
    public async Task The_last_successful_run_on_the_base_branch_is_the_baseline(int violations, int expected)
    {
        await AddRunAsync(10, violations: 9);
        await AddRunAsync(11, violations: 3);
        await AddRunAsync(12, violations: 50, conclusion: "failure");
        await AddRunAsync(13, violations: 50, branch: "feature");
        _scene.GitHub.Repository.Runs.Add(new(14, "gate.yml", "main", "abc", "push", "success"));

        var exitCode = await RunAsync("artifact", violations);

        Assert.That(exitCode, Is.EqualTo(expected), _scene.Error.ToString());
        Assert.That(_scene.GitHub.Repository.Comments.Single().Body, Does.Contain("the baseline is run 11 on 'main'"));
        Assert.That(_scene.GitHub.Repository.Comments.Single().Body,
            Does.Contain(expected == 0 ? "\nscore unchanged at 100% against main\n" : "\nscore 100% → 0% against main\n"));
    }

    [Test]
    public async Task The_trend_stands_in_the_page_and_is_published_later_with_the_evidence()
    {
        await AddRunAsync(10, violations: 1, command: "run");
        await AddRunAsync(11, violations: 3);
        var job = await JobAsync("artifact@2", violations: 1);

        Assert.That(await Program.RunAsync(["run"], _scene.Shell(job), CancellationToken.None), Is.Zero, _scene.Error.ToString());
        var page = await File.ReadAllTextAsync(Path.Combine(job.Directory, "gate-report", "report.html"));
        Assert.That(page, Does.Contain("<p class=\"trend\">score unchanged at 100% against the median of 2 runs on main"));
        Assert.That(page, Does.Contain("<td>run 10</td><td>inconclusive</td>").And.Contain(
            "<td>run 11</td><td>not decided</td>").And.Contain("<td>this run</td><td>passed</td>"));

        _scene.GitHub.Repository.Comments.Clear();
        Assert.That(await Program.RunAsync(["publish", "gate-report/evidence.json"], _scene.Shell(job), CancellationToken.None), Is.Zero,
            _scene.Error.ToString());
        Assert.That(_scene.GitHub.Repository.Comments.Single().Body,
            Does.Contain("\nscore unchanged at 100% against the median of 2 runs on main\n"));
    }

    [Test]
    public async Task Neither_a_forks_branch_of_that_name_nor_a_run_about_another_commit_is_the_baseline()
    {
        await AddRunAsync(10, violations: 3);
        await AddRunAsync(11, violations: 50, fork: "mallory/gate-demo");
        await AddRunAsync(12, violations: 50, sha: "0000000000000000000000000000000000000000");

        Assert.That(await RunAsync("artifact", 4), Is.EqualTo(1), _scene.Error.ToString());
        Assert.That(_scene.Error.ToString(), Does.Contain("the baseline is run 10 on 'main'"));
    }

    [Test]
    public async Task Of_several_runs_the_median_counts()
    {
        foreach (var (run, violations) in new[] { (10, 3), (11, 2), (12, 0) })
            await AddRunAsync(run, violations);

        Assert.That(await RunAsync("artifact:gate-report@3", 2), Is.Zero, _scene.Error.ToString());
        Assert.That(_scene.Error.ToString(), Does.Contain("the baseline is the median of 3 runs, the newest 12, on 'main'"));
    }

    [TestCase("artifact", "there is no baseline: the workflow 'gate.yml' has no successful run on 'main' yet")]
    [TestCase("artifact:other",
        "there is no baseline: none of the last 1 successful runs of 'gate.yml' on 'main' holds an artifact 'other' with a whole "
        + "measurement of this gate")]
    public async Task Nothing_found_is_said_and_not_guessed(string baseline, string expected)
    {
        if (baseline != "artifact")
            await AddRunAsync(10, violations: 3);

        Assert.That(await RunAsync(baseline, 0), Is.EqualTo(3));

        Assert.That(_scene.Error.ToString(), Does.Contain(expected));
        Assert.That(_scene.GitHub.Repository.Comments.Single().Body, Does.Contain("there is no baseline").And.Not.Contain("against main"));
        Assert.That(_scene.FinalStatuses.Single().State, Is.EqualTo("failure"));
    }

    [Test]
    public async Task What_comes_of_the_baseline_is_skipped_where_there_is_none_and_it_is_optional()
    {
        const string Tests = """
            version: 1
            name: staging
            results: { unit: { files: results.xml } }
            criteria:
              green: unit.failed == 0
              nothing-new: { pass: size(unit.new_failures) == 0 && size(unit.vanished) == 0, baseline: optional }
            """;
        _scene.Pull.BaseSha = _scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", Tests)).Sha;
        var job = await JobAsync("artifact", violations: 0);
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "results.xml"),
            """<testsuite name="s"><testcase classname="c" name="pays"/></testsuite>""");

        Assert.That(await Program.RunAsync(["run"], _scene.Shell(job), CancellationToken.None), Is.Zero, _scene.Error.ToString());

        Assert.That(_scene.GitHub.Repository.Comments.Single().Body,
            Does.Contain("- nothing-new was skipped: there is no baseline yet: no earlier run of the base branch left its evidence\n"));
    }

    [Test]
    public async Task A_token_that_may_not_read_artifacts_is_told_what_it_needs()
    {
        _scene.GitHub.Tokens[0] = _scene.GitHub.Tokens[0].Without("actions");

        Assert.That(await RunAsync("artifact", 0), Is.EqualTo(3));

        Assert.That(_scene.Error.ToString(), Does.Contain("permissions: { actions: read }"));
    }

    [TestCase("gate", "\"other\"")]
    [TestCase("run", "null")]
    [TestCase("unmeasured", "[\"backend\"]")]
    [TestCase("measurements", "{}")]
    public async Task An_artifact_of_another_gate_without_a_commit_or_of_a_run_that_is_not_whole_is_no_baseline(string field, string value)
    {
        await AddRunAsync(10, violations: 3);
        await AddRunAsync(11, violations: 9, change: evidence =>
        {
            evidence[field] = JsonNode.Parse(value);
            if (field == "run")
                evidence["github"] = new JsonObject();
        });

        await RunAsync("artifact", violations: 3);

        Assert.That(_scene.GitHub.Repository.Comments.Single().Body, Does.Contain("the baseline is run 10 on 'main'"));
    }

    [TestCase("artifact", "gate-report", 1)]
    [TestCase("artifact:nightly", "nightly", 1)]
    [TestCase("artifact:a@b@7", "a@b", 7)]
    [TestCase("artifact@5", "gate-report", 5)]
    public void An_artifact_is_named_by_a_word(string text, string name, int runs) =>
        Assert.That(ArtifactName.Read("baseline", text), Is.EqualTo(new ArtifactName(name, runs)));

    [TestCase("artifact@0")]
    [TestCase("artifact:x@many")]
    [TestCase("artifact:x@21")]
    public void A_number_of_runs_that_is_none_is_refused(string text) =>
        Assert.That(() => ArtifactName.Read("baseline", text),
        Throws.TypeOf<GateException>().With.Message.Contains("a number of runs from 1 to 20"));

    [Test]
    public void Any_other_word_is_a_file() => Assert.That(ArtifactName.Read("baseline", "artifacts/main.json"), Is.Null);

    private async Task<int> RunAsync(string baseline, int violations) =>
        await Program.RunAsync(["run"], _scene.Shell(await JobAsync(baseline, violations)), CancellationToken.None);

    private async Task<StandInJob> JobAsync(string baseline, int violations)
    {
        var job = _scene.Job();
        job["INPUT_BASELINE"] = baseline;
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), $$"""{"violations":{{violations}}}""");
        return job;
    }

    /// <summary>An earlier run, with what a command leaves behind.</summary>
    private async Task AddRunAsync(
        long id, int violations, string branch = "main", string conclusion = "success", string command = "collect", string? fork = null,
        string? sha = null, Action<JsonObject>? change = null)
    {
        var job = _scene.Keep(StandInJob.Push(_scene.GitHub, "main", runId: id));
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), $$"""{"violations":{{violations}}}""");
        await Program.RunAsync([command], _scene.Shell(job), CancellationToken.None);
        if (change is not null)
        {
            var path = Path.Combine(job.Directory, "gate-report", "evidence.json");
            var evidence = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
            change(evidence);
            await File.WriteAllTextAsync(path, evidence.ToJsonString());
        }
        using var zip = new MemoryStream();
        await ZipFile.CreateFromDirectoryAsync(Path.Combine(job.Directory, "gate-report"), zip);
        _scene.GitHub.Repository.Runs.Add(new(id, "gate.yml", branch, sha ?? _scene.Pull.BaseSha, "push", conclusion, fork));
        _scene.GitHub.Repository.Artifacts.Add(new(id + 1000, id, "gate-report", zip.ToArray()));
    }
}
