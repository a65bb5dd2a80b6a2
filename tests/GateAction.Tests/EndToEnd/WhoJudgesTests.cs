using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>
/// A branch requires the word of its own manifest. The change's manifest lets everything through and the default branch's does not:
/// whatever a step of the job wrote, wherever the change goes and whatever GitHub refuses, the name that the default branch requires is
/// never green.
/// </summary>
internal sealed class WhoJudgesTests
{
    private const string Strict =
        "version: 1\nprobes: { arch: { file: compliance.json } }\ncriteria: { compliant: arch.json.violations == 0 }\n";
    private const string Weak =
        "version: 1\nprobes: { arch: { file: compliance.json } }\ncriteria: { compliant: arch.json.violations < 10 }\n";

    private static readonly string[] Rewrites =
        ["head.sha", "base.sha", "base.ref", "number", "repository", "action", "run", "nothing in it", "another event's"];

    private static readonly FaultKind[] Refusals =
        [FaultKind.NotAccessible, FaultKind.NotFound, FaultKind.ServerError, FaultKind.PrimaryLimit, FaultKind.SecondaryLimit,
        FaultKind.BadCredentials];

    private GateScene _scene = null!;

    private RepositoryState Repository => _scene.GitHub.Repository;

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await GateScene.StartAsync();
        Repository.AddCommit("main", (".github/gate.yml", Strict));
        Repository.AddCommit("weak", (".github/gate.yml", Weak));
        _scene.Pull.HeadSha = Repository.AddCommit("feature", (".github/gate.yml", Weak)).Sha;
        _scene.Pull.Files.Add(".github/gate.yml");
    }

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task An_event_file_that_a_step_rewrote_blocks_the_gate_or_changes_nothing(
        [ValueSource(nameof(Rewrites))] string what, [Values]
            bool hasInputs, [Values("pull_request", "pull_request_target", "pull_request_review")] string name)
    {
        var other = Repository.AddCommit("other", (".github/gate.yml", Weak)).Sha;
        var job = _scene.Keep(StandInJob.PullRequest(_scene.GitHub, _scene.Pull, eventName: name));
        job.RewriteEvent(payload => Rewrite(payload, what, other));

        var exitCode = await RunAsync(hasInputs ? job : job.WithoutEventInputs());

        Assert.That(exitCode, Is.Not.Zero, _scene.Error.ToString());
        Assert.That(_scene.FinalStatuses.Select(status => status.State), Has.None.EqualTo("success"));
        Assert.That(Repository.Statuses.Select(status => status.Sha), Has.All.EqualTo(_scene.Pull.HeadSha));
        if (hasInputs && what is "head.sha" or "number" or "repository" or "action")
            Assert.That(_scene.Error.ToString(), Does.Contain("a step of this job has rewritten the file"));
    }

    [Test]
    public async Task What_GitHub_does_not_tell_blocks_the_gate(
        [ValueSource(nameof(Refusals))] FaultKind kind, [Values("pulls/1", "branches", "contents", "commits", "")]
            string part, [Values("pull_request", "push")] string name)
    {
        var job = name == "push" ? _scene.Keep(StandInJob.Push(_scene.GitHub, "feature")) : _scene.Job();
        _scene.GitHub.Fail(kind, request => !request.IsWrite && $"{request.Path}/".Contains($"/shop/{part}", StringComparison.Ordinal)
            && (part.Length > 0 || request.Path.EndsWith("/shop", StringComparison.Ordinal)), times: 1000);

        var exitCode = await RunAsync(job);

        Assert.That(exitCode, Is.Not.Zero, _scene.Error.ToString());
        Assert.That(_scene.FinalStatuses.Select(status => status.State), Has.None.EqualTo("success"));
    }

    [TestCase("pull_request", "pulls/1", "pull-requests: read")]
    [TestCase("pull_request", "branches", "contents: read")]
    [TestCase("push", "commits", "pull-requests: read")]
    public async Task A_right_that_is_missing_is_named(string name, string part, string right)
    {
        var job = name == "push" ? _scene.Keep(StandInJob.Push(_scene.GitHub, "feature")) : _scene.Job();
        _scene.GitHub.Fail(FaultKind.NotAccessible, request => request.Path.Contains($"/shop/{part}", StringComparison.Ordinal),
            times: 1000);

        await RunAsync(job);

        Assert.That(_scene.Error.ToString(), Does.Contain($"add 'permissions: {{ {right} }}' to the job"));
    }

    [Test]
    public async Task Two_pull_requests_with_one_head_are_each_judged_by_their_base_under_its_name([Values] bool strictFirst)
    {
        var second = Repository.AddPull("feature", "weak", ".github/gate.yml");
        Pull[] pulls = strictFirst ? [_scene.Pull, second] : [second, _scene.Pull];

        foreach (var pull in pulls)
            await RunAsync(_scene.Keep(StandInJob.PullRequest(_scene.GitHub, pull, runId: 100 + pull.Number)));

        Assert.That(
            _scene.FinalStatuses.Select(status => (status.Context, status.State)),
            Is.EquivalentTo([("gate/staging", "failure"), ("gate/staging: weak", "success")]));
    }

    [Test]
    public async Task A_pull_request_that_is_retargeted_takes_no_green_with_it()
    {
        _scene.Pull.BaseBranch = "weak";
        await RunAsync(_scene.Job());
        _scene.Pull.BaseBranch = "main";
        await RunAsync(_scene.Job(101));

        Assert.That(
            _scene.FinalStatuses.Select(status => (status.Context, status.State)),
            Is.EqualTo([("gate/staging: weak", "success"), ("gate/staging", "failure")]));
    }

    [Test]
    public async Task A_run_that_was_started_before_the_pull_request_was_retargeted_is_judged_for_where_it_goes_now()
    {
        _scene.Pull.BaseBranch = "weak";
        var job = _scene.Job();
        _scene.Pull.BaseBranch = "main";

        await RunAsync(job);

        Assert.That(_scene.FinalStatuses.Select(status => (status.Context, status.State)), Is.EqualTo([("gate/staging", "failure")]));
    }

    [TestCase("push")]
    [TestCase("workflow_dispatch")]
    [TestCase("deployment_status")]
    [TestCase("schedule")]
    [TestCase("registry_package")]
    public async Task A_run_on_a_branch_without_a_pull_request_speaks_under_its_own_branch_and_with_one_under_its_base(string name)
    {
        _scene.Pull.State = "closed";
        await RunAsync(OnFeature(name, 100));
        _scene.Pull.State = "open";
        await RunAsync(OnFeature(name, 101));

        Assert.That(
            _scene.FinalStatuses.Select(status => (status.Context, status.State)),
            Is.EqualTo([("gate/staging: feature", "success"), ("gate/staging", "failure")]));
    }

    [TestCase("refs/tags/main")]
    [TestCase("refs/tags/v1.0")]
    [TestCase("")]
    public async Task A_tag_and_a_bare_commit_never_speak_under_a_branchs_name(string fullRef)
    {
        _scene.Pull.State = "closed";

        await RunAsync(_scene.Keep(StandInJob.Of(_scene.GitHub, "deployment", _scene.Pull.HeadSha, fullRef, [])));

        Assert.That(_scene.FinalStatuses.Single().Context,
            Is.EqualTo($"gate/staging: {(fullRef.Length > 0 ? fullRef : _scene.Pull.HeadSha)}"));
    }

    [Test]
    public async Task The_default_branch_is_what_GitHub_says_it_is()
    {
        Repository.DefaultBranch = "weak";

        await RunAsync(_scene.Job());

        Assert.That(_scene.FinalStatuses.Single().Context, Is.EqualTo("gate/staging: main"));
    }

    [Test]
    public async Task A_queue_speaks_under_the_branch_that_it_is_for([Values("main", "weak")] string branch)
    {
        await RunAsync(_scene.Keep(StandInJob.MergeGroup(_scene.GitHub, branch, _scene.Pull.HeadSha)));

        var expected = branch == "main" ? ("gate/staging", "failure") : ("gate/staging: weak", "success");
        Assert.That(_scene.FinalStatuses.Select(status => (status.Context, status.State)), Is.EqualTo([expected]));
    }

    [Test]
    public async Task A_manifest_that_is_mended_on_the_base_branch_judges_open_pull_requests_at_once()
    {
        await RunAsync(_scene.Job());
        Repository.AddCommit("main", (".github/gate.yml", Weak));
        var exitCode = await RunAsync(_scene.Job(101));

        Assert.That(exitCode, Is.Zero, _scene.Error.ToString());
        Assert.That(Repository.Comments.Single().Body, Does.Contain(Repository.Branches["main"][..7]));
    }

    [TestCase("gate/{name}", "gate/staging", "gate/staging")]
    [TestCase("{base} / {name}", "main / staging", "weak / staging")]
    public async Task The_status_is_called_as_the_workflow_says(string pattern, string intoMain, string intoWeak)
    {
        var second = Repository.AddPull("feature", "weak", ".github/gate.yml");
        foreach (var pull in new[] { _scene.Pull, second })
        {
            var job = _scene.Keep(StandInJob.PullRequest(_scene.GitHub, pull, runId: 100 + pull.Number));
            job["INPUT_STATUS-NAME"] = pattern;
            await RunAsync(job);
        }

        Assert.That(_scene.FinalStatuses.Select(status => status.Context), Is.EqualTo([intoMain, intoWeak]));
    }

    [Test]
    public async Task A_pattern_with_a_place_that_is_not_known_is_refused()
    {
        var job = _scene.Job();
        job["INPUT_STATUS-NAME"] = "gate/{branch}";

        var exitCode = await RunAsync(job);

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(_scene.Error.ToString(), Does.Contain("'{branch}' is not known: '{name}' and '{base}' are"));
    }

    [Test]
    public async Task A_run_of_a_commit_that_is_no_tip_any_more_is_about_that_commit_and_writes_no_comment()
    {
        var (job, older) = (_scene.Job(), _scene.Pull.HeadSha);
        _scene.Pull.HeadSha = Repository.AddCommit("feature", (".github/gate.yml", Weak)).Sha;

        await RunAsync(job);

        Assert.That(_scene.FinalStatuses.Select(status => (status.Sha, status.State)), Is.EqualTo([(older, "failure")]));
        Assert.That(Repository.Comments, Is.Empty);
    }

    [Test]
    public async Task A_head_that_the_runs_merge_commit_does_not_hold_gets_no_word()
    {
        var other = Repository.AddCommit("other", (".github/gate.yml", Weak)).Sha;
        var job = _scene.Job();
        job["INPUT_EVENT-HEAD-SHA"] = other;
        job.RewriteEvent(payload => payload["pull_request"]!["head"]!["sha"] = other);

        var exitCode = await RunAsync(job);

        Assert.That((exitCode, Repository.Statuses.Count), Is.EqualTo((4, 0)));
        Assert.That(_scene.Error.ToString(), Does.Contain("nor in the merge commit of this run"));
    }

    private static void Rewrite(JsonObject payload, string what, string other)
    {
        var pull = payload["pull_request"]!.AsObject();
        switch (what)
        {
            case "head.sha":
                pull["head"]!["sha"] = other;
                break;
            case "base.sha":
                pull["base"]!["sha"] = pull["head"]!["sha"]!.GetValue<string>();
                break;
            case "base.ref":
                pull["base"]!["ref"] = "weak";
                break;
            case "number":
                payload["number"] = 2;
                pull["number"] = 2;
                break;
            case "repository":
                payload["repository"]!["full_name"] = "somebody/else";
                break;
            case "action":
                payload["action"] = "closed";
                break;
            case "run":
                payload["workflow_run"] = new JsonObject { ["head_sha"] = other };
                break;
            case "nothing in it":
                payload.Clear();
                break;
            default:
                payload.Clear();
                payload["after"] = other;
                payload["ref"] = "refs/heads/other";
                break;
        }
    }

    private StandInJob OnFeature(string name, long runId) => _scene.Keep(name == "push"
        ? StandInJob.Push(_scene.GitHub, "feature", runId)
        : StandInJob.Of(_scene.GitHub, name, _scene.Pull.HeadSha, "refs/heads/feature", [], runId));

    private async Task<int> RunAsync(StandInJob job)
    {
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), """{ "violations": 3 }""");
        return await Program.RunAsync(["run"], _scene.Shell(job), CancellationToken.None);
    }
}
