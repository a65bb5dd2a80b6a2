using System.IO.Compression;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>
/// Every call of GitHub's API in the real program: Octokit reads and writes by reflection, and a model that the native compiler dropped is
/// noticed by no test in the test's own process. See <see cref="GateProcess"/>.
/// </summary>
internal sealed class PublishedProgramGitHubTests
{
    private const string Manifest =
        """
        version: 1
        name: staging
        probes:
          arch: { file: compliance.json }
          ci: { github: judged, environment: staging }
        criteria:
          compliant: arch.json.violations == 0
          no-worse: arch.json.violations <= baseline.arch.json.violations
          built: ci.checks.states["build"] == "passed" && ci.deployment.state == "success"
        """;

    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await GateScene.StartAsync();
        var repository = _scene.GitHub.Repository;
        _scene.Pull.BaseSha = repository.AddCommit(
            "main", (".github/gate.yml", Manifest), (".github/workflows/gate.yml", "on: pull_request\njobs: {}\n")).Sha;
        repository.Checks.Add(new Check(700, _scene.Pull.HeadSha, "build", DateTimeOffset.UnixEpoch)
        { Status = "completed", Conclusion = "success" });
        var deployment = new StoredDeployment(902, _scene.Pull.HeadSha, "staging");
        deployment.States.Add(("success", "https://staging.example.com"));
        repository.Deployments.Add(deployment);
        repository.Collaborators["octocat"] = "write";
    }

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task Every_call_works_in_the_real_program()
    {
        var repository = _scene.GitHub.Repository;

        var first = await RunAsync(_scene.Job(), "run");
        KeepAsArtifactOfMain(first.Folder);
        var second = await RunAsync(_scene.Job(101), "run");
        await RunAsync(_scene.Keep(StandInJob.Push(_scene.GitHub, "feature", 102)), "run");
        await RunAsync(_scene.Keep(StandInJob.WorkflowRun(_scene.GitHub, _scene.Pull, 103)), "run");
        await RunAsync(Rerun(), "run");
        var doctor = await RunAsync(_scene.Job(105), "doctor", "--fix");
        var history = await RunAsync(_scene.Job(106), "history", "--artifacts");

        Assert.Multiple(() =>
        {
            Assert.That(repository.Statuses.Take(2).Select(status => status.State), Is.EqualTo(["pending", "failure"]), first.Said);
            Assert.That(repository.Checks.Where(check => check.Id != 700).Select(check => check.Conclusion),
                Is.All.EqualTo("failure").And.Not.Empty, first.Said);
            Assert.That(repository.Checks[1].Annotations, Is.Not.Empty, first.Said);
            Assert.That(repository.Comments, Has.Count.EqualTo(2));
            Assert.That(repository.Reruns, Has.Count.EqualTo(1));
            Assert.That(_scene.GitHub.Requests.Count(request => request.Path == "/storage/801"), Is.GreaterThanOrEqualTo(2), second.Said);
            Assert.That(doctor.Said, Does.Contain("is now required on 'main'"));
            Assert.That(history.Said, Does.Contain("run 800"));
        });
        Assert.That(_scene.GitHub.Requests.Where(request => request.Status >= 400
            && !request.Path.Contains("000000", StringComparison.Ordinal)
            && !request.Path.EndsWith("/required_status_checks", StringComparison.Ordinal)), Is.Empty);
        Assert.That(Kinds(), Has.Count.GreaterThanOrEqualTo(20), string.Join('\n', Kinds()));
    }

    private List<string> Kinds() =>
    [
        .. _scene.GitHub.Requests
            .Select(request =>
            $"{request.Method} "
            + $"{string.Join('/', request.Path.Split('/').Skip(4).Where(part => part.All(letter => char.IsLetter(letter) || letter is '-' or '_')))}")
            .Distinct(),
    ];

    private StandInJob Rerun()
    {
        var repository = _scene.GitHub.Repository;
        for (var run = 100; run <= 103; run++)
            repository.Runs.Add(new(run, "gate.yml", "feature", _scene.Pull.HeadSha, "pull_request", "failure"));
        var comment = new Comment(repository.NextId(), 1, "octocat", "/gate rerun", DateTimeOffset.UnixEpoch);
        repository.Comments.Add(comment);
        return _scene.Keep(StandInJob.IssueComment(_scene.GitHub, comment, runId: 104));
    }

    private void KeepAsArtifactOfMain(string folder)
    {
        using var zip = new MemoryStream();
        ZipFile.CreateFromDirectory(Path.Combine(folder, "gate-report"), zip);
        var repository = _scene.GitHub.Repository;
        repository.Runs.Add(new(800, "gate.yml", "main", _scene.Pull.HeadSha, "push", "success"));
        repository.Artifacts.Add(new(801, 800, "gate-report", zip.ToArray()));
    }

    private static async Task<(string Folder, string Said)> RunAsync(StandInJob job, params string[] args)
    {
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), """{"violations":3}""");
        job["INPUT_REPORT"] = "both";
        job["INPUT_BASELINE"] = "artifact";
        job["GITHUB_TOKEN"] = job["INPUT_GITHUB-TOKEN"];
        var run = await GateProcess.RunAsync(job.Directory, job.Variables, args);
        return (job.Directory, $"{run.Out}\n{run.Error}\n{await File.ReadAllTextAsync(job.SummaryPath)}");
    }
}
