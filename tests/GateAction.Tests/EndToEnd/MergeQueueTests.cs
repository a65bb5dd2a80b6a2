using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>A merge queue gives commits up while they are judged: that is no error of the gate.</summary>
internal sealed class MergeQueueTests
{
    private const string Manifest =
        "version: 1\nprobes: { arch: { file: compliance.json } }\ncriteria: { compliant: arch.json.violations == 0 }\n";

    private static readonly string[] Pending = ["pending"];

    [TestCase("""{"violations": 0}""", 0)]
    [TestCase("""{"violations": 3}""", 1)]
    public async Task The_verdicts_exit_code_stands_when_the_commit_has_vanished(string evidence, int exitCode)
    {
        await using var gitHub = await GitHubStandIn.StartAsync();
        using var job = Job(gitHub);
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), evidence);
        var pending = 0;
        gitHub.Fail(
            FaultKind.NotFound,
            request => request.IsWrite && request.Path.Contains("/statuses/", StringComparison.Ordinal)
            && Interlocked.Increment(ref pending) > 1,
            times: 100);

        var run = await ProgramRun.InAsync(job.Directory, name => job[name], CancellationToken.None, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Error);
            Assert.That(run.Error, Does.Contain("the merge queue has given"));
            Assert.That(gitHub.Repository.Statuses.Select(status => status.State), Is.EqualTo(Pending));
        });
    }

    private static StandInJob Job(GitHubStandIn gitHub)
    {
        var main = gitHub.Repository.AddCommit("main", (".github/gate.yml", Manifest));
        var queued = gitHub.Repository.AddCommit("gh-readonly-queue/main/pr-7", (".github/gate.yml", Manifest));
        return StandInJob.Of(gitHub, "merge_group", queued.Sha, "refs/heads/gh-readonly-queue/main/pr-7", new JsonObject
        {
            ["action"] = "checks_requested",
            ["merge_group"] = new JsonObject
            {
                ["head_sha"] = queued.Sha,
                ["head_ref"] = "refs/heads/gh-readonly-queue/main/pr-7",
                ["base_sha"] = main.Sha,
                ["base_ref"] = "refs/heads/main",
            },
        });
    }
}
