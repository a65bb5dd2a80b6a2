using System.IO.Compression;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Tests.Documents;
using GateAction.Tests.GitHub;
using GateAction.Tests.Reports;

namespace GateAction.Tests.EndToEnd;

/// <summary><c>gate history --artifacts</c> against the stand-in, outside of a workflow.</summary>
internal sealed class HistoryArtifactsTests
{
    private GateScene _scene = null!;
    private string _sha = "";

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await GateScene.StartAsync();
        _sha = _scene.GitHub.Repository.Branches["main"];
    }

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task The_last_runs_of_the_branch_are_shown_whatever_they_came_to()
    {
        for (var run = 1; run <= 5; run++)
            AddRun(run, score: 0.5 + (run * 0.1), state: run % 2 == 0 ? VerdictState.Failed : VerdictState.Passed);

        Assert.That(await RunAsync("--artifacts", "3"), Is.Zero, _scene.Error.ToString());

        Assert.That(_scene.Out.ToString(), Does.Contain("run 3").And.Contain("run 4").And.Contain("run 5").And.Not.Contain("run 2"));
        Assert.That(_scene.Out.ToString(), Does.Contain("score 80% → 100% over 3 runs"));
        Assert.That(_scene.GitHub.Requests.Count(request => request.Path.StartsWith("/storage/", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [Test]
    public async Task More_artifacts_than_a_page_holds_are_looked_through()
    {
        AddRun(1, score: 0.9);
        for (var run = 2; run <= 130; run++)
            AddRun(run, branch: "feature");

        Assert.That(await RunAsync("--artifacts"), Is.Zero, _scene.Error.ToString());

        Assert.That(_scene.Out.ToString(), Does.Contain("run 1 "));
    }

    [Test]
    public async Task Other_branches_forks_other_commits_other_names_and_expired_ones_are_not_the_branchs_runs()
    {
        AddRun(1, branch: "feature");
        AddRun(2, fork: "mallory/gate-demo");
        AddRun(3, judged: "0000000000000000000000000000000000000000");
        AddRun(4, name: "other");
        AddRun(5, isExpired: true);

        Assert.That(await RunAsync("--artifacts"), Is.EqualTo(2));

        Assert.That(_scene.Error.ToString(),
            Does.Contain("no run on 'main' left an artifact 'gate-report' with evidence that can still be read"));
        Assert.That(await RunAsync("--artifacts", "--branch", "feature"), Is.Zero, _scene.Error.ToString());
        Assert.That(await RunAsync("--artifacts", "--artifact-name", "other"), Is.Zero, _scene.Error.ToString());
    }

    [Test]
    public async Task What_cannot_be_read_is_told_and_left_out()
    {
        AddRun(1);
        AddRun(2, zip: [1, 2, 3]);
        AddRun(3, zip: Zip(("notes.txt", _ => { })));
        AddRun(4, zip: Zip(("evidence.json", stream => stream.Write("{"u8))));

        Assert.That(await RunAsync("--artifacts"), Is.Zero, _scene.Error.ToString());

        Assert.That(_scene.Out.ToString(),
            Does.Contain("run 1 ").And.Not.Contain("run 2").And.Not.Contain("run 3").And.Not.Contain("run 4"));
        Assert.That(_scene.Error.ToString(), Does.Contain("left out: the artifact 'gate-report' of run 2 is not a zip that can be read"));
        Assert.That(_scene.Error.ToString(),
            Does.Contain("left out: the artifact 'gate-report' of run 3 holds no 'evidence.json'; it holds 'notes.txt'"));
        Assert.That(_scene.Error.ToString(), Does.Contain("left out: the artifact 'gate-report' of run 4 is not whole JSON"));
    }

    [Test]
    public async Task A_file_that_grows_beyond_the_limit_is_not_unpacked()
    {
        AddRun(1, zip: Zip(("evidence.json", stream => stream.Write(new byte[33 * 1024 * 1024]))));

        Assert.That(await RunAsync("--artifacts"), Is.EqualTo(2));

        Assert.That(_scene.Error.ToString(), Does.Contain("'evidence.json' in the artifact 'gate-report' of run 1 is longer than 32 MiB"));
    }

    [Test]
    public async Task A_token_that_may_not_read_artifacts_is_told_what_it_needs()
    {
        _scene.GitHub.Tokens[0] = _scene.GitHub.Tokens[0].Without("actions");

        Assert.That(await RunAsync("--artifacts"), Is.EqualTo(4));

        Assert.That(_scene.Error.ToString(), Does.Contain("permissions: { actions: read }"));
    }

    [TestCase("0")]
    [TestCase("101")]
    [TestCase("runs")]
    public async Task A_number_of_runs_that_is_none_is_refused(string number)
    {
        Assert.That(await RunAsync("--artifacts", number), Is.EqualTo(2));

        Assert.That(_scene.Error.ToString(), Does.Contain($"'--artifacts' is '{number}'; a number of runs from 1 to 100 is accepted"));
    }

    [Test]
    public async Task Without_a_token_it_says_where_one_comes_from()
    {
        var job = _scene.Job();
        job["INPUT_GITHUB-TOKEN"] = null;

        Assert.That(await Program.RunAsync(["history", "--artifacts"], _scene.Shell(job), CancellationToken.None), Is.EqualTo(2));

        Assert.That(_scene.Error.ToString(), Does.Contain("there is no token: set GITHUB_TOKEN"));
    }

    private async Task<int> RunAsync(params string[] arguments)
    {
        var shell = _scene.Shell(_scene.Job());
        var environment = shell.Environment;
        return await Program.RunAsync(["history", .. arguments],
            shell with { Environment = name => name == "GITHUB_ACTIONS" ? null : environment(name) }, CancellationToken.None);
    }

    private void AddRun(
        long id,
        double score = 1,
        VerdictState state = VerdictState.Passed,
        string branch = "main",
        string? fork = null,
        string? judged = null,
        string name = "gate-report",
        bool isExpired = false,
        byte[]? zip = null)
    {
        var startedAt = SampleEvidence.StartedAt.AddHours(id);
        var evidence = SampleEvidence.Of()
            with
        {
            StartedAt = startedAt,
            GitHub = GateAction.Cel.Values.Value.Map(("sha", GateAction.Cel.Values.Value.String(judged ?? _sha)))
        };
        var verdict = SampleVerdicts.Passing with { State = state, Score = score, StartedAt = startedAt };
        _scene.GitHub.Repository.Runs.Add(new(id, "gate.yml", branch, _sha, "push", state == VerdictState.Passed ? "success" : "failure",
            fork));
        _scene.GitHub.Repository.Artifacts.Add(new(
            id + 1000,
            id,
            name,
            zip ?? Zip(("evidence.json", stream => EvidenceJson.Write(stream, evidence)),
            ("verdict.json", stream => VerdictJson.Write(stream, verdict))),
            isExpired));
    }

    private static byte[] Zip(params (string Name, Action<Stream> Write)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, write) in files)
            {
                using var content = archive.CreateEntry(name).Open();
                write(content);
            }
        }
        return bytes.ToArray();
    }
}
