using System.Text.Json.Nodes;
using GateAction.Core.Model;
using GateAction.GitHub.Events;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;

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
        Assert.That((source.BaseRef, source.DefaultBranch, source.Branch), Is.EqualTo(("main", "main", "feature")));
        Assert.That(source.PullRequest!.Number, Is.EqualTo(1));
        Assert.That(source.ReadOnlyBecause, Is.Null);
    }

    [Test]
    public async Task A_closed_pull_request_is_not_judged()
    {
        _scene.Pull.State = "closed";

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

        Assert.That((source.PullRequest, source.BaseRef, source.Branch),
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
        Assert.That(source.OtherPullRequests.Select(pull => pull.Number), Is.EqualTo([3]));
    }

    [Test]
    public async Task Of_several_pull_requests_with_one_commit_the_one_into_the_default_branch_goes_first()
    {
        _scene.GitHub.Repository.AddCommit("release", (".github/gate.yml", GateScene.Manifest));
        _scene.Pull.BaseBranch = "release";
        _scene.GitHub.Repository.AddPull("feature", "main");

        var source = await ReadAsync(_scene.Keep(StandInJob.Push(_scene.GitHub, "feature")));

        Assert.That((source.PullRequest!.Number, source.BaseRef), Is.EqualTo((2, "main")));
    }

    [Test]
    public async Task A_deleted_branch_is_not_judged()
    {
        var payload = new JsonObject { ["deleted"] = true, ["after"] = new string('0', 40), ["ref"] = "refs/heads/gone" };

        var source = await ReadAsync(Job("push", payload, fullRef: "refs/heads/gone"));

        Assert.That(source.Ignored, Is.EqualTo("'refs/heads/gone' was deleted"));
    }

    [TestCase("main")]
    [TestCase("release/1.0")]
    public async Task A_merge_group_is_judged_at_its_commit_for_the_branch_that_the_queue_is_for(string baseBranch)
    {
        _scene.GitHub.Repository.Branches[baseBranch] = _scene.Pull.BaseSha;
        using var job = StandInJob.MergeGroup(_scene.GitHub, baseBranch, _scene.Pull.HeadSha);

        var (passed, ofRef) = (await ReadAsync(job), await ReadAsync(job.WithoutEventInputs()));

        Assert.That((passed.Sha, passed.BaseRef, passed.PullRequest is null), Is.EqualTo((_scene.Pull.HeadSha, baseBranch, true)));
        Assert.That((ofRef.Sha, ofRef.BaseRef), Is.EqualTo((passed.Sha, passed.BaseRef)));
    }

    [Test]
    public async Task A_workflow_run_from_a_fork_finds_its_pull_request_by_the_forks_owner_and_branch()
    {
        _scene.Pull.Fork = "somebody/shop";

        var source = await ReadAsync(_scene.Keep(StandInJob.WorkflowRun(_scene.GitHub, _scene.Pull)));

        Assert.That((source.Sha, source.PullRequest?.Number, source.BaseRef), Is.EqualTo((_scene.Pull.HeadSha, 1, "main")));
        Assert.That((source.ReadOnlyBecause, source.UntrustedBecause), Is.EqualTo((null as string, "the run's commit comes from a fork")));
    }

    [TestCase("somebody/shop")]
    [TestCase(null)]
    public async Task A_workflow_run_of_a_commit_that_is_no_tip_has_nothing_to_say(string? fork)
    {
        _scene.Pull.Fork = fork;
        var job = _scene.Keep(StandInJob.WorkflowRun(_scene.GitHub, _scene.Pull));
        _scene.Pull.HeadSha = _scene.GitHub.Repository.AddCommit("feature", ("a.cs", "x")).Sha;

        var source = await ReadAsync(job);

        Assert.That(source.Ignored, Does.StartWith($"no open pull request from '{fork ?? "octo-org/shop"}:feature' has "));
    }

    [Test]
    public async Task A_workflow_run_on_a_branch_of_its_own_speaks_for_that_branch()
    {
        var job = _scene.Keep(StandInJob.WorkflowRun(_scene.GitHub, _scene.Pull));
        job["INPUT_EVENT-RUN-EVENT"] = "push";
        job.RewriteEvent([]);
        _scene.Pull.State = "closed";

        var source = await ReadAsync(job);

        Assert.That((source.Ignored, source.SpeaksFor, source.BaseRef), Is.EqualTo((null as string, "feature", null as string)));
    }

    [TestCase("check_run", "check_run")]
    [TestCase("check_suite", "check_suite")]
    [TestCase("status", null)]
    public async Task A_check_or_a_status_is_about_the_pull_request_that_has_its_commit_at_its_tip(string name, string? part)
    {
        var about = new JsonObject { [part is null ? "sha" : "head_sha"] = _scene.Pull.HeadSha };
        var job = Job(name, part is null ? about : new JsonObject { [part] = about });

        var found = await ReadAsync(job);
        _scene.Pull.State = "closed";
        var gone = await ReadAsync(job);

        Assert.That((found.Sha, found.PullRequest?.Number, found.BaseRef), Is.EqualTo((_scene.Pull.HeadSha, 1, "main")));
        Assert.That(gone.Ignored, Does.StartWith("no open pull request has "));
    }

    [TestCase("pull_request_review")]
    [TestCase("pull_request_review_comment")]
    public async Task A_review_is_judged_as_its_pull_request_is(string name)
    {
        var source = await ReadAsync(_scene.Keep(StandInJob.PullRequest(_scene.GitHub, _scene.Pull, "submitted", eventName: name)));

        Assert.That((source.Sha, source.BaseRef, source.PullRequest?.Number), Is.EqualTo((_scene.Pull.HeadSha, "main", 1)));
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

        var source = await ReadAsync(Job("deployment_status", payload, _scene.Pull.HeadSha, "refs/heads/feature"));

        Assert.That((source.Sha, source.Ignored, source.Branch), Is.EqualTo((_scene.Pull.HeadSha, ignored, "feature")));
        Assert.That(source.PullRequest?.Number, ignored is null ? Is.EqualTo(1) : Is.Null);
    }

    [TestCase("/gate rerun", "write", null)]
    [TestCase("Please:\r\n  /gate rerun\r\nthanks", "admin", null)]
    [TestCase("/gate rerun", "triage", null)]
    [TestCase("/gate rerun", "read", "'octocat' may not write to this repository, which '/gate' commands need")]
    [TestCase("looks good", "admin", "the comment is no '/gate' command on a pull request")]
    [TestCase("do not /gate rerun", "admin", "the comment is no '/gate' command on a pull request")]
    public async Task A_command_is_read_of_those_who_are_no_strangers(string body, string permission, string? ignored)
    {
        _scene.GitHub.Repository.Collaborators["octocat"] = permission;

        var source = await ReadAsync(Comment(body, isPull: true));

        Assert.That(source.Ignored, Is.EqualTo(ignored));
        Assert.That(source.PullRequest?.Head.Sha, ignored is null ? Is.EqualTo(_scene.Pull.HeadSha) : Is.Null);
        Assert.That(source.Asked?.Permission.Role, ignored is null ? Is.EqualTo(permission) : Is.Null);
    }

    [Test]
    public async Task A_command_on_an_issue_is_none()
    {
        Assert.That((await ReadAsync(Comment("/gate rerun", isPull: false))).Ignored,
            Is.EqualTo("the comment is no '/gate' command on a pull request"));
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

    [Test]
    public async Task A_payload_that_is_no_JSON_is_one_sentence()
    {
        var job = _scene.Job();
        File.WriteAllText(job["GITHUB_EVENT_PATH"]!, "{");

        var exception = await Assert.ThrowsAsync<GateException>(() => ReadAsync(job));

        Assert.That(exception!.Message,
            Does.StartWith("the payload of the event 'pull_request' cannot be read from ").And.Contain("Expected depth"));
    }

    [TestCase("pull_request_target", "INPUT_EVENT-PULL-REQUEST: ${{ github.event.pull_request.number }}")]
    [TestCase("workflow_run", "INPUT_EVENT-RUN-SHA: ${{ github.event.workflow_run.head_sha }}")]
    [TestCase("check_run", "INPUT_EVENT-CHECK-RUN-SHA: ${{ github.event.check_run.head_sha }}")]
    public async Task What_stands_in_the_events_file_only_is_not_believed(string name, string expected)
    {
        var payload = new JsonObject
        {
            ["number"] = 1,
            ["pull_request"] = new JsonObject { ["number"] = 1 },
            ["workflow_run"] = new JsonObject { ["id"] = 1, ["head_sha"] = _scene.Pull.HeadSha, ["head_branch"] = "feature" },
            ["check_run"] = new JsonObject { ["head_sha"] = _scene.Pull.HeadSha },
        };

        var exception = await Assert.ThrowsAsync<GateException>(() => ReadAsync(Job(name, payload).WithoutEventInputs()));

        Assert.That(exception!.Message, Does.Contain(expected));
    }

    [Test]
    public async Task Without_a_token_the_payload_still_tells()
    {
        var job = _scene.Job();
        job["INPUT_GITHUB-TOKEN"] = "";

        Assert.That((await ReadAsync(job)).Sha, Is.EqualTo(_scene.Pull.HeadSha));
    }

    private StandInJob Comment(string body, bool isPull)
    {
        var comment = new Comment(7, isPull ? 1 : 99, "octocat", body, DateTimeOffset.UnixEpoch);
        _scene.GitHub.Repository.Comments.Add(comment);
        return _scene.Keep(StandInJob.IssueComment(_scene.GitHub, comment));
    }

    private StandInJob Job(string name, JsonObject payload, string? sha = null, string fullRef = "refs/heads/main") =>
        _scene.Keep(StandInJob.Of(_scene.GitHub, name, sha ?? _scene.Pull.BaseSha, fullRef, payload));

    private async Task<GateEvent> ReadAsync(StandInJob job)
    {
        using var session = _scene.Open(job);
        return await session.ReadEventAsync(CancellationToken.None);
    }
}
