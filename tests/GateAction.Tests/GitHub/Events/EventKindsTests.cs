using System.Text.Json.Nodes;
using GateAction.Core.Model;
using GateAction.GitHub.Events;
using GateAction.StandIns.GitHub;

namespace GateAction.Tests.GitHub.Events;

internal sealed class EventKindsTests
{
    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task A_pull_request_is_judged_at_its_head_and_not_at_the_merge_commit()
    {
        var source = await ReadAsync(_scene.Job());

        Assert.That(source.Sha, Is.EqualTo(_scene.Pull.HeadSha));
        Assert.That((source.BaseRef, source.BaseSha, source.Branch), Is.EqualTo(("main", _scene.Pull.BaseSha, "feature")));
        Assert.That(source.PullRequest!.Number, Is.EqualTo(1));
        Assert.That(source.ReadOnlyBecause, Is.Null);
    }

    [Test]
    public async Task A_closed_pull_request_is_not_judged()
    {
        var source = await ReadAsync(_scene.Keep(StandInJob.PullRequest(_scene.GitHub, _scene.Pull, "closed")));

        Assert.That(source.Ignored, Is.EqualTo("pull request #1 is closed"));
    }

    [TestCase("pull_request", true)]
    [TestCase("pull_request_target", false)]
    public async Task Only_pull_request_gives_a_fork_a_token_that_may_only_read(string eventName, bool isReadOnly)
    {
        _scene.Pull.Fork = "somebody/shop";

        var source = await ReadAsync(_scene.Keep(StandInJob.PullRequest(_scene.GitHub, _scene.Pull, eventName: eventName)));

        Assert.That(source.ReadOnlyBecause is not null, Is.EqualTo(isReadOnly));
    }

    [Test]
    public async Task Dependabot_gets_a_token_that_may_only_read()
    {
        var job = _scene.Job();
        job["GITHUB_ACTOR"] = "dependabot[bot]";

        Assert.That((await ReadAsync(job)).ReadOnlyBecause, Is.EqualTo("Dependabot started this run"));
    }

    [Test]
    public async Task A_push_finds_the_open_pull_request_whose_tip_it_is()
    {
        var source = await ReadAsync(_scene.Keep(StandInJob.Push(_scene.GitHub, "feature")));

        Assert.That((source.Sha, source.PullRequest?.Number, source.BaseRef), Is.EqualTo((_scene.Pull.HeadSha, 1, "main")));
    }

    [Test]
    public async Task A_push_without_a_pull_request_has_no_base()
    {
        var source = await ReadAsync(_scene.Keep(StandInJob.Push(_scene.GitHub, "main")));

        Assert.That((source.PullRequest, source.BaseSha, source.Branch),
            Is.EqualTo((null as GateAction.GitHub.Api.PullRequest, null as string, "main")));
    }

    [Test]
    public async Task Of_several_pull_requests_with_one_commit_the_oldest_open_one_gets_the_comment()
    {
        _scene.GitHub.Repository.AddPull("feature", "main");
        _scene.GitHub.Repository.AddPull("feature", "main");
        _scene.Pull.State = "closed";

        var source = await ReadAsync(_scene.Keep(StandInJob.Push(_scene.GitHub, "feature")));

        Assert.That(source.PullRequest!.Number, Is.EqualTo(2));
        Assert.That(source.OtherPullRequests, Is.EqualTo([3]));
    }

    [Test]
    public async Task A_deleted_branch_is_not_judged()
    {
        var payload = new JsonObject { ["deleted"] = true, ["after"] = new string('0', 40), ["ref"] = "refs/heads/gone" };

        var source = await ReadAsync(Job("push", payload, fullRef: "refs/heads/gone"));

        Assert.That(source.Ignored, Is.EqualTo("'refs/heads/gone' was deleted"));
    }

    [Test]
    public async Task A_merge_group_is_judged_at_its_head_by_the_manifest_it_builds_on()
    {
        var payload = new JsonObject
        {
            ["action"] = "checks_requested",
            ["merge_group"] = new JsonObject
            {
                ["head_sha"] = "abc",
                ["head_ref"] = "refs/heads/gh-readonly-queue/main/pr-1-x",
                ["base_sha"] = "def",
                ["base_ref"] = "refs/heads/main"
            },
        };

        var source = await ReadAsync(Job("merge_group", payload));

        Assert.That((source.Sha, source.BaseSha, source.BaseRef, source.PullRequest is null), Is.EqualTo(("abc", "def", "main", true)));
    }

    [Test]
    public async Task A_workflow_run_from_a_fork_finds_its_pull_request_by_the_forks_owner_and_branch()
    {
        _scene.Pull.Fork = "somebody/shop";
        var payload = new JsonObject
        {
            ["workflow_run"] = new JsonObject
            {
                ["head_sha"] = _scene.Pull.HeadSha,
                ["head_branch"] = "feature",
                ["head_repository"] = new JsonObject { ["owner"] = new JsonObject { ["login"] = "somebody" } },
                ["pull_requests"] = new JsonArray(),
            },
        };

        var source = await ReadAsync(Job("workflow_run", payload));

        Assert.That((source.Sha, source.PullRequest?.Number), Is.EqualTo((_scene.Pull.HeadSha, 1)));
        Assert.That(source.ReadOnlyBecause, Is.Null);
    }

    [Test]
    public async Task A_workflow_run_of_an_older_commit_finds_no_pull_request()
    {
        var payload = new JsonObject { ["workflow_run"] = new JsonObject { ["head_sha"] = "0ld", ["head_branch"] = "feature" } };

        Assert.That((await ReadAsync(Job("workflow_run", payload))).PullRequest, Is.Null);
    }

    [TestCase("success", null)]
    [TestCase("in_progress", "the deployment is 'in_progress'; there is nothing to measure")]
    public async Task A_deployment_is_judged_when_it_has_ended(string state, string? ignored)
    {
        var payload = new JsonObject
        {
            ["deployment"] = new JsonObject { ["sha"] = _scene.Pull.HeadSha, ["ref"] = "feature", ["environment"] = "staging" },
            ["deployment_status"] = new JsonObject { ["state"] = state },
        };

        var source = await ReadAsync(Job("deployment_status", payload, fullRef: ""));

        Assert.That((source.Sha, source.Ignored, source.Branch), Is.EqualTo((_scene.Pull.HeadSha, ignored, "feature")));
        Assert.That(source.PullRequest?.Number, ignored is null ? Is.EqualTo(1) : Is.Null);
    }

    [TestCase("/gate rerun", "write", null)]
    [TestCase("Please:\r\n  /gate rerun\r\nthanks", "admin", null)]
    [TestCase("/gate rerun", "read", "'octocat' may not write to this repository, which '/gate rerun' needs")]
    [TestCase("looks good", "admin", "the comment is not '/gate rerun' on a pull request")]
    [TestCase("do not /gate rerun", "admin", "the comment is not '/gate rerun' on a pull request")]
    public async Task Rerun_is_a_command_of_those_who_may_write(string body, string permission, string? ignored)
    {
        _scene.GitHub.Repository.Collaborators["octocat"] = permission;

        var source = await ReadAsync(Comment(body, isPull: true));

        Assert.That(source.Ignored, Is.EqualTo(ignored));
        Assert.That(source.PullRequest?.Head.Sha, ignored is null ? Is.EqualTo(_scene.Pull.HeadSha) : Is.Null);
    }

    [Test]
    public async Task Rerun_on_an_issue_is_no_command()
    {
        Assert.That((await ReadAsync(Comment("/gate rerun", isPull: false))).Ignored, Is.Not.Null);
    }

    [Test]
    public async Task Rerun_on_a_closed_pull_request_is_not_followed()
    {
        _scene.GitHub.Repository.Collaborators["octocat"] = "admin";
        _scene.Pull.State = "closed";

        Assert.That((await ReadAsync(Comment("/gate rerun", isPull: true))).Ignored, Is.EqualTo("pull request #1 is closed"));
    }

    [TestCase("workflow_dispatch")]
    [TestCase("repository_dispatch")]
    [TestCase("schedule")]
    [TestCase("registry_package")]
    public async Task Any_other_event_is_about_the_commit_its_job_runs_on(string name)
    {
        var source = await ReadAsync(Job(name, [], _scene.Pull.HeadSha, "refs/heads/feature"));

        Assert.That((source.Sha, source.PullRequest?.Number), Is.EqualTo((_scene.Pull.HeadSha, 1)));
    }

    [TestCase("pull_request", "{}", "it has no 'pull_request'")]
    [TestCase("pull_request", "{", "Expected depth")]
    [TestCase("merge_group", "[]", "it has no 'merge_group'")]
    [TestCase("workflow_run", """{"workflow_run":{}}""", "its 'workflow_run' has no 'head_sha'")]
    public async Task A_payload_that_does_not_fit_is_one_sentence(string name, string payload, string expected)
    {
        var job = Job(name, []);
        File.WriteAllText(job["GITHUB_EVENT_PATH"]!, payload);

        var exception = await Assert.ThrowsAsync<GateException>(() => ReadAsync(job));

        Assert.That(exception!.Message, Does.StartWith($"the payload of the event '{name}' cannot be read from ").And.Contain(expected));
    }

    [Test]
    public async Task Without_a_token_the_payload_still_tells()
    {
        var job = _scene.Job();
        job["INPUT_GITHUB-TOKEN"] = "";

        Assert.That((await ReadAsync(job)).Sha, Is.EqualTo(_scene.Pull.HeadSha));
    }

    private StandInJob Comment(string body, bool isPull) => Job("issue_comment", new JsonObject
    {
        ["action"] = "created",
        ["issue"] = isPull ? new JsonObject { ["number"] = 1, ["pull_request"] = new JsonObject() } : new JsonObject { ["number"] = 1 },
        ["comment"] = new JsonObject { ["body"] = body, ["user"] = new JsonObject { ["login"] = "octocat" } },
    });

    private StandInJob Job(string name, JsonObject payload, string? sha = null, string fullRef = "refs/heads/main") =>
        _scene.Keep(StandInJob.Of(_scene.GitHub, name, sha ?? _scene.Pull.BaseSha, fullRef, payload));

    private async Task<GateEvent> ReadAsync(StandInJob job)
    {
        using var session = _scene.Open(job);
        return await session.ReadEventAsync(CancellationToken.None);
    }
}
