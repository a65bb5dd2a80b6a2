using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub;

namespace GateAction.Tests.GitHub.Publishing;

internal sealed class GitHubGateTests
{
    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task A_run_sets_pending_first_and_then_exactly_one_final_status_on_the_head_of_the_pull_request()
    {
        var publication = await _scene.PublishAsync(_scene.Job(), GateScene.Report());

        Assert.That(publication.Failures, Is.Empty);
        Assert.That(_scene.GitHub.Repository.Statuses.Select(status => status.State), Is.EqualTo(["pending", "success"]));
        Assert.That(_scene.GitHub.Repository.Statuses,
            Has.All.Property("Context").EqualTo("gate/staging").And.All.Property("Sha").EqualTo(_scene.Pull.HeadSha));
        Assert.That(_scene.GitHub.Repository.Comments, Has.Exactly(1).Property("Body").Contains("All 14 criteria met"));
        Assert.That(publication.ExitCode(ExitCode.Met), Is.EqualTo(ExitCode.Met));
    }

    [Test]
    public async Task The_status_is_the_last_thing_that_is_written()
    {
        await _scene.PublishAsync(_scene.Job(), GateScene.Report());

        var last = _scene.GitHub.Requests.Last(request => request.IsWrite);
        Assert.That(last.ToString(), Does.StartWith("POST").And.Contain("/statuses/"));
    }

    [Test]
    public async Task Summary_and_outputs_are_written_with_the_address_of_the_comment()
    {
        var job = _scene.Job();

        await _scene.PublishAsync(job, GateScene.Report());

        Assert.That(File.ReadAllText(job.SummaryPath), Does.StartWith("# Summary"));
        Assert.That(ReadOutputs(job.OutputPath), Does.ContainKey("verdict").WithValue("passed").And.ContainKey("comment-url").WithValue(
            $"https://github.example.com/octo-org/shop/pull/1#issuecomment-{_scene.GitHub.Repository.Comments[0].Id}"));
    }

    [Test]
    public async Task What_GitHub_said_stays_text_in_the_summary_and_shows_no_secret()
    {
        var job = _scene.Job();
        var inputs = _scene.Inputs(job);
        using var session = new GitHubSession(inputs.Job!, null, _scene.Out, TimeProvider.System)
        {
            Mask = text => text.Replace("hunter22", "***", StringComparison.Ordinal),
        };

        await session.SummarizeAsync("# Summary",
            ["answered '<img src=x> [here](https://evil.example.com) @octocat' with hunter22", "a\n# heading\n- item"],
            CancellationToken.None);

        var summary = File.ReadAllText(job.SummaryPath);
        Assert.That(summary, Does.Not.Contain("<img").And.Not.Contain("[here](").And.Not.Contain("@octocat").And.Not.Contain("hunter22"));
        Assert.That(summary.Split('\n').Where(line => !line.StartsWith("> ", StringComparison.Ordinal)), Is.EqualTo(["", "# Summary", ""]));
    }

    [Test]
    public async Task No_output_can_bring_another_output()
    {
        var job = _scene.Job();
        var report = GateScene.Report() with { Outputs = [("verdict", "x\nEOF\nscore=100\nghadelimiter_1\nverdict<<A\npassed\nA\n")] };

        await _scene.PublishAsync(job, report);

        Assert.That(ReadOutputs(job.OutputPath).Keys, Is.EquivalentTo(["verdict", "comment-url"]));
        Assert.That(ReadOutputs(job.OutputPath)["verdict"], Is.EqualTo(report.Outputs[0].Value));
    }

    [Test]
    public async Task A_gate_that_is_dropped_without_a_decision_ends_in_error()
    {
        using var session = _scene.Open(_scene.Job());
        var source = await session.ReadEventAsync(CancellationToken.None);

        await using (await GateScene.BeginAsync(session, new(session.Job, source, "staging", ReportKind.Both, CommentMode.Always),
            CancellationToken.None))
        {
        }

        Assert.That(_scene.FinalStatuses.Select(status => (status.State, status.Description)),
            Is.EqualTo([("error", "the gate ended without a decision; see its log")]));
        Assert.That(_scene.GitHub.Repository.Checks.Select(check => (check.Name, check.Conclusion)),
            Is.EqualTo([("gate/staging (check)", "failure")]));
    }

    [Test]
    public async Task A_description_that_is_too_long_is_cut_and_still_set()
    {
        await _scene.PublishAsync(_scene.Job(),
            GateScene.Report() with { Description = string.Concat(Enumerable.Repeat("💥 failed\n", 50)) });

        Assert.That(_scene.FinalStatuses.Single().Description, Has.Length.LessThanOrEqualTo(140).And.EndsWith("…").And.Not.Contain("\n"));
    }

    [Test]
    public async Task Where_only_the_comment_fails_the_verdict_stands()
    {
        _scene.GitHub.Tokens[0] = _scene.GitHub.Tokens[0].OnlyReading("pull-requests");

        var publication = await _scene.PublishAsync(_scene.Job(), GateScene.Report());

        Assert.That(publication.ExitCode(ExitCode.Met), Is.EqualTo(ExitCode.Met));
        Assert.That(publication.Failures.Single(),
            Does.Contain("the token may not").And.Contain("add 'permissions: { pull-requests: write"));
        Assert.That(_scene.FinalStatuses.Single().State, Is.EqualTo("success"));
    }

    [Test]
    public async Task A_token_that_may_not_set_statuses_is_one_sentence_with_the_yaml_and_exit_code_4()
    {
        _scene.GitHub.Tokens[0] = _scene.GitHub.Tokens[0].Without("statuses");

        var publication = await _scene.PublishAsync(_scene.Job(), GateScene.Report());

        Assert.That(publication.ExitCode(ExitCode.Met), Is.EqualTo(ExitCode.NotPublished));
        Assert.That(publication.Failures.Single(),
            Does.Contain("the token may not set commit statuses").And.Contain("add 'permissions: { statuses: write }' to the job"));
        Assert.That(_scene.GitHub.Repository.Comments, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_pull_request_from_a_fork_ends_with_summary_and_exit_code_and_names_the_recipe()
    {
        _scene.GitHub.Tokens[0] = StandInToken.ReadOnly("ghs_standin");
        _scene.Pull.Fork = "somebody/shop";
        var job = _scene.Job();

        var publication = await _scene.PublishAsync(job, GateScene.Report(FinalState.Failure));

        Assert.That(publication.ExitCode(ExitCode.Failed), Is.EqualTo(ExitCode.Failed));
        Assert.That(publication.Failures, Is.Empty);
        Assert.That(publication.Notices.Single(), Does.Contain("comes from a fork").And.Contain("workflow_run"));
        Assert.That(File.ReadAllText(job.SummaryPath), Does.Contain("workflow_run").And.Contain("# Summary"));
    }

    [Test]
    public async Task Without_a_token_everything_but_GitHub_is_written_and_the_exit_code_is_4()
    {
        var job = _scene.Job();
        job["INPUT_GITHUB-TOKEN"] = "";

        var publication = await _scene.PublishAsync(job, GateScene.Report());

        Assert.That(publication.ExitCode(ExitCode.Met), Is.EqualTo(ExitCode.NotPublished));
        Assert.That(publication.Failures.Single(), Does.Contain("there is no token").And.Contain("github-token"));
        Assert.That(File.ReadAllText(job.SummaryPath), Does.Contain("# Summary"));
        Assert.That(_scene.GitHub.Requests, Is.Empty);
    }

    [Test]
    public async Task A_branch_that_moved_on_gets_its_status_on_the_old_commit_and_no_comment()
    {
        var judged = _scene.Pull.HeadSha;
        using var session = _scene.Open(_scene.Job());
        var source = await session.ReadEventAsync(CancellationToken.None);
        await using var gate =
            await GateScene.BeginAsync(session, new(session.Job, source, "staging", ReportKind.Status, CommentMode.Always),
            CancellationToken.None);
        _scene.Pull.HeadSha = _scene.GitHub.Repository.AddCommit("feature", ("a", "b")).Sha;

        var publication = await gate.FinishAsync(GateScene.Report(), CancellationToken.None);

        Assert.That(_scene.FinalStatuses.Single().Sha, Is.EqualTo(judged));
        Assert.That(_scene.GitHub.Repository.Comments, Is.Empty);
        Assert.That(publication.Notices.Single(), Does.Contain("has moved on to"));
    }

    [Test]
    public async Task A_cancelled_run_still_says_its_last_word()
    {
        using var session = _scene.Open(_scene.Job());
        using var cancelled = new CancellationTokenSource();
        var source = await session.ReadEventAsync(cancelled.Token);
        await using (var gate =
            await GateScene.BeginAsync(session, new(session.Job, source, "staging", ReportKind.Status, CommentMode.Always),
            cancelled.Token))
        {
            await cancelled.CancelAsync();
            await gate.AbandonAsync("cancelled before it was decided");
        }

        Assert.That(_scene.FinalStatuses.Select(status => (status.State, status.Description)),
            Is.EqualTo([("error", "cancelled before it was decided")]));
    }

    [Test]
    public async Task A_typical_run_takes_at_most_twelve_requests()
    {
        using var session = _scene.Open(_scene.Job());
        var source = await session.ReadEventAsync(CancellationToken.None);
        var changed = await session.ReadChangedFilesAsync(source, CancellationToken.None);
        await session.ReadManifestAsync(source, null, GateAction.GitHub.ManifestFrom.Base, changed, CancellationToken.None);
        await using var gate =
            await GateScene.BeginAsync(session, new(session.Job, source, "staging", ReportKind.Status, CommentMode.Always),
            CancellationToken.None);
        await gate.FinishAsync(GateScene.Report(), CancellationToken.None);

        Assert.That(_scene.GitHub.Requests, Has.Count.LessThanOrEqualTo(12), string.Join('\n', _scene.GitHub.Requests));
    }

    [Test]
    public async Task From_verdict_to_final_status_five_answers_are_waited_for_and_one_look_follows()
    {
        await _scene.PublishAsync(_scene.Job(runId: 1), GateScene.Report());
        using var session = _scene.Open(_scene.Job(runId: 2));
        var source = await session.ReadEventAsync(CancellationToken.None);
        await using var gate =
            await GateScene.BeginAsync(session, new(session.Job, source, "staging", ReportKind.Status, CommentMode.Always),
            CancellationToken.None);
        var before = _scene.GitHub.Requests.Count;

        await gate.FinishAsync(GateScene.Report(), CancellationToken.None);

        Assert.That(_scene.GitHub.Requests.Count(request => request.Number > before), Is.EqualTo(6), "four of them wait for one another");
    }

    /// <summary>Reads the file as the runner does.</summary>
    private static Dictionary<string, string> ReadOutputs(string path)
    {
        var outputs = new Dictionary<string, string>();
        var lines = File.ReadAllText(path).Split('\n');
        for (var index = 0; index < lines.Length - 1; index++)
        {
            var (name, word) = (lines[index].Split("<<", 2)[0], lines[index].Split("<<", 2)[1]);
            var end = Array.IndexOf(lines, word, index + 1);
            outputs.Add(name, string.Join('\n', lines[(index + 1)..end]));
            index = end;
        }
        return outputs;
    }
}
