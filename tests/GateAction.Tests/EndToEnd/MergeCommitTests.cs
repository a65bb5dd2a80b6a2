using GateAction.StandIns.GitHub;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>A workflow checks out the merge commit, the gate judges the head: whoever deploys the one is told so.</summary>
internal sealed class MergeCommitTests
{
    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [TestCase("app.json.commit == github.sha", 40)]
    [TestCase("github.sha == app.json.commit", 40)]
    [TestCase("github.sha.startsWith(app.json.commit)", 7)]
    [TestCase("app.json.commit in [github.sha]", 40)]
    [TestCase("app.json.commit.substring(0, 7) == github.sha.substring(0, 7)", 12)]
    [TestCase("app.json.nodes.all(node, node.commit == github.sha)", 40)]
    public async Task Who_deployed_it_is_told_what_to_check_out(string condition, int length)
    {
        var job = _scene.Job();

        var exitCode = await RunAsync(job, condition, job["GITHUB_SHA"]![..length]);

        Assert.That(exitCode, Is.EqualTo(1), _scene.Error.ToString());
        Assert.That(Comment, Does.Contain("is the commit that merges the pull request").And.Contain("github.event.pull_request.head.sha"));
    }

    [TestCase("head", 0)]
    [TestCase("another", 1)]
    [TestCase("", 1)]
    public async Task Nothing_is_told_of_any_other_commit(string deployed, int expected)
    {
        var commit = deployed switch { "head" => _scene.Pull.HeadSha, "another" => new string('e', 40), _ => "" };

        var exitCode = await RunAsync(_scene.Job(), "app.json.commit == github.sha", commit);

        Assert.That(exitCode, Is.EqualTo(expected), _scene.Error.ToString());
        Assert.That(Comment, Does.Not.Contain("that merges"));
    }

    [TestCase("merge", 0)]
    [TestCase("another", 1)]
    public async Task A_condition_can_accept_it(string deployed, int expected)
    {
        var job = _scene.Job();

        var exitCode = await RunAsync(
            job, "app.json.commit in [github.sha, github.merge_sha]", deployed == "merge" ? job["GITHUB_SHA"]! : new string('e', 40));

        Assert.That(exitCode, Is.EqualTo(expected), _scene.Error.ToString());
    }

    [Test]
    public async Task Where_there_is_none_nothing_equals_it()
    {
        _scene.Pull.State = "closed";

        var exitCode = await RunAsync(_scene.Keep(StandInJob.Push(_scene.GitHub, "main")), "app.json.commit == github.merge_sha", "");

        Assert.That(exitCode, Is.EqualTo(3), _scene.Error.ToString());
        Assert.That(_scene.FinalStatuses.Single().Description, Does.Contain("runs-this-commit"));
    }

    private string Comment => System.Net.WebUtility.HtmlDecode(_scene.GitHub.Repository.Comments.Single().Body);

    private async Task<int> RunAsync(StandInJob job, string condition, string commit)
    {
        _scene.GitHub.Repository.AddCommit(
            "main",
            (".github/gate.yml",
                $"version: 1\nname: staging\nprobes: {{ app: {{ file: app.json }} }}\ncriteria:\n  runs-this-commit: {condition}\n"));
        if (job["GITHUB_EVENT_NAME"] == "push")
            job["GITHUB_SHA"] = _scene.GitHub.Repository.Branches["main"];
        await File.WriteAllTextAsync(Path.Combine(job.Directory,
            "app.json"), $$"""{ "commit": "{{commit}}", "nodes": [{ "commit": "{{commit}}" }] }""");
        return await Program.RunAsync(["run"], _scene.Shell(job), CancellationToken.None);
    }
}
