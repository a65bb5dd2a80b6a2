using System.Globalization;
using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub.Publishing;

/// <summary>Whose word stands on a commit: runs, attempts and jobs that begin, speak and end in each other's way.</summary>
internal sealed class RunOrderTests
{
    private readonly List<GateInFlight> _open = [];
    private GateScene _scene = null!;

    private RepositoryState Repository => _scene.GitHub.Repository;

    private Status Top => Repository.Statuses[^1];

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var gate in _open)
            await gate.DisposeAsync();
        _open.Clear();
        await _scene.DisposeAsync();
    }

    [Test]
    public async Task A_run_that_begins_between_the_last_look_and_the_word_gets_its_place_back([Values] FinalState state)
    {
        var earlier = await BeginAsync(100);
        Status? later = null;
        Before(IsFinalPost, () => later = Say(101, "pending", GateStatus.Measuring));

        await earlier.FinishAsync(state == FinalState.Waiting ? FinalState.Success : state);

        Assert.That(Top, Has.Property("State").EqualTo("pending").And.Property("TargetUrl")
            .EqualTo(later!.TargetUrl).And.Property("Description").EqualTo(GateStatus.LaterMeasures));
    }

    [TestCase("failure", "success", "failure")]
    [TestCase("error", "success", "failure")]
    [TestCase("failure", "failure", "failure")]
    [TestCase("success", "failure", "pending")]
    [TestCase("success", "success", "success")]
    public async Task A_run_that_begins_and_ends_between_look_and_word_is_not_overruled_and_its_success_is_not_repeated(string later,
    string earlier, string expected)
    {
        var gate = await BeginAsync(100);
        Before(IsFinalPost, () =>
        {
            Say(101, "pending", GateStatus.Measuring);
            Say(101, later, "2 of 14 criteria failed");
        });

        await gate.FinishAsync(earlier == "success" ? FinalState.Success : FinalState.Failure);

        Assert.That(Top.State, Is.EqualTo(expected));
        Assert.That(Repository.Statuses.Count(status => status.State == "success"), Is.EqualTo((later, earlier) switch
        {
            ("success", "success") => 2,
            (_, "success") or ("success", _) => 1,
            _ => 0,
        }));
    }

    [Test]
    public async Task A_run_that_is_spoken_over_says_its_word_again()
    {
        await BeginAsync(100);
        var later = await BeginAsync(101);
        AfterNext(IsFinalPost, () => Say(100, "success", "14 of 14"));

        await later.FinishAsync(FinalState.Failure);

        Assert.That(Top, Has.Property("State").EqualTo("failure").And.Property("TargetUrl").Contains("/runs/101/"));
    }

    [Test]
    public async Task A_place_that_was_put_back_does_not_change_the_order()
    {
        await BeginAsync(100);
        var second = await BeginAsync(101);
        var third = await BeginAsync(102);
        Repository.Statuses.Add(Repository.Statuses[1] with { Id = Repository.NextId(), Description = GateStatus.LaterMeasures });

        await third.FinishAsync(FinalState.Success);
        await second.FinishAsync(FinalState.Failure);

        Assert.That(Top, Has.Property("State").EqualTo("success").And.Property("TargetUrl").Contains("/runs/102/"));
    }

    [Test]
    public async Task The_order_is_that_of_the_numbers_whatever_the_list_or_the_clock_says()
    {
        var earlier = await BeginAsync(100);
        var later = await BeginAsync(101);
        // GitHub's clock counts whole seconds, and a list may break a tie either way.
        Repository.Statuses.Reverse();

        await earlier.FinishAsync(FinalState.Success);

        Assert.That(Repository.Statuses.Select(status => status.State), Has.None.EqualTo("success"));
        Repository.Statuses.Sort((one, other) => one.Id.CompareTo(other.Id));
        await later.FinishAsync(FinalState.Success);
        Assert.That(Top.TargetUrl, Does.Contain("/runs/101/"));
    }

    [Test]
    public async Task A_later_run_is_seen_behind_three_pages_of_other_statuses()
    {
        var earlier = await BeginAsync(100);
        await BeginAsync(101);
        for (var number = 0; number < 350; number++)
            Repository.Statuses.Add(Top with { Id = Repository.NextId(), Context = $"ci/{number}", TargetUrl = null });

        await earlier.FinishAsync(FinalState.Success);

        Assert.That(Repository.Statuses, Has.None.Property("State").EqualTo("success"));
    }

    [TestCase("cancelled", 1)]
    [TestCase("failure", 1)]
    [TestCase("timed_out", 1)]
    [TestCase("in_progress", 2)]
    public async Task A_later_run_that_has_completed_without_a_word_counts_as_absent(string conclusion, int attempt)
    {
        var earlier = await BeginAsync(100);
        await BeginAsync(101);
        AddRun(101, conclusion == "in_progress" ? null : conclusion, attempt);

        await earlier.FinishAsync(FinalState.Success);

        Assert.That(Top, Has.Property("State").EqualTo("success").And.Property("TargetUrl").Contains("/runs/100/"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_later_run_that_is_at_work_or_cannot_be_asked_about_is_alive(bool isAtWork)
    {
        var earlier = await BeginAsync(100);
        await BeginAsync(101);
        if (isAtWork)
            AddRun(101, null);

        await earlier.FinishAsync(FinalState.Success);

        Assert.That(Repository.Statuses, Has.None.Property("State").EqualTo("success"));
    }

    [Test]
    public async Task A_run_that_has_completed_and_spoken_is_not_dead()
    {
        var earlier = await BeginAsync(100);
        await (await BeginAsync(101)).FinishAsync(FinalState.Failure);
        AddRun(101, "failure");

        await earlier.FinishAsync(FinalState.Success);

        Assert.That(Top, Has.Property("State").EqualTo("failure").And.Property("TargetUrl").Contains("/runs/101/"));
    }

    [TestCase("failure", "pending", Description = "it may have been silent because of the one above it")]
    [TestCase("cancelled", "success")]
    public async Task Of_two_dead_runs_the_lower_one_counts_only_if_it_may_have_had_a_verdict(string conclusion, string expected)
    {
        var first = await BeginAsync(100);
        await BeginAsync(101);
        await BeginAsync(102);
        AddRun(101, conclusion);
        AddRun(102, "cancelled");

        await first.FinishAsync(FinalState.Success);

        Assert.That(Top.State, Is.EqualTo(expected));
    }

    [Test]
    public async Task Any_re_run_repairs_a_commit_whose_last_run_is_dead()
    {
        await BeginAsync(100);
        await BeginAsync(101);

        await (await BeginAsync(100, attempt: 2)).FinishAsync(FinalState.Success);

        Assert.That(Top, Has.Property("State").EqualTo("success").And.Property("TargetUrl").Contains("/runs/100/attempts/2"));
    }

    [Test]
    public async Task Two_jobs_of_one_run_under_one_name_end_in_the_worse_verdict(
        [Values] bool isFirstMet, [Values] bool isSecondMet, [Values] bool isInterleaved, [Values]
            bool isFirstToEnd, [Values(null, "gate/0/501", "gate/0")] string? job)
    {
        var names = job is null ? (null, null) : (job, job.Replace('0', '1'));
        var first = await BeginAsync(100, job: names.Item1);
        if (!isInterleaved)
            await first.FinishAsync(State(isFirstMet));
        var second = await BeginAsync(100, job: names.Item2);
        if (isInterleaved && isFirstToEnd)
            await first.FinishAsync(State(isFirstMet));
        var middle = Top.State;
        await second.FinishAsync(State(isSecondMet));
        if (isInterleaved && !isFirstToEnd)
        {
            middle = Top.State;
            await first.FinishAsync(State(isFirstMet));
        }

        Assert.That(Top.State, Is.EqualTo(isFirstMet && isSecondMet ? "success" : "failure"));
        if (isInterleaved)
            Assert.That(middle, Is.Not.EqualTo("success"), "the other job still measures");
        Assert.That(_scene.Notices,
            Has.Some.Contains("another job of this run speaks under the same name, 'gate/staging'").And.Contains(
            "give each job's manifest its own 'name'"));
        if (isFirstMet != isSecondMet)
            Assert.That(Repository.Comments.Single().Body,
                Does.Contain("Another job of this run speaks under the same name").And.Contain("own `name`"));
    }

    [Test]
    public async Task Two_jobs_that_speak_at_the_same_moment_end_in_the_worse_verdict([Values] bool isMine)
    {
        var first = await BeginAsync(100, job: "gate/0");
        await BeginAsync(100, job: "gate/1");
        AfterNext(IsPost, () => Say(100, isMine ? "success" : "failure", "what the other came to", "#gate/1"));

        await first.FinishAsync(State(!isMine));

        Assert.That(Top.State, Is.EqualTo("failure"));
    }

    [Test]
    public async Task Three_jobs_of_one_run_are_met_only_when_all_are([Range(0, 7)] int met)
    {
        var jobs = new[] { await BeginAsync(100, job: "gate/0"), await BeginAsync(100, job: "gate/1"),
            await BeginAsync(100, job: "gate/2") };

        foreach (var index in new[] { 2, 0, 1 })
        {
            Assert.That(Top.State, Is.Not.EqualTo("success"));
            await jobs[index].FinishAsync(State((met & (1 << index)) != 0));
        }

        Assert.That(Top.State, Is.EqualTo(met == 7 ? "success" : "failure"));
    }

    [Test]
    public async Task A_job_that_a_re_run_leaves_out_keeps_its_word([Values] bool isLeftOutMet)
    {
        await (await BeginAsync(100, job: "gate/0/501")).FinishAsync(State(isLeftOutMet));
        await (await BeginAsync(100, job: "gate/1/502")).FinishAsync(FinalState.Failure);

        await (await BeginAsync(100, attempt: 2, job: "gate/1/503")).FinishAsync(FinalState.Success);

        Assert.That(Top.State, Is.EqualTo(isLeftOutMet ? "success" : "failure"));
    }

    [Test]
    public async Task Jobs_that_are_re_run_one_after_the_other_are_green_when_the_last_is()
    {
        await (await BeginAsync(100, job: "gate/0/501")).FinishAsync(FinalState.Failure);
        await (await BeginAsync(100, job: "gate/1/502")).FinishAsync(FinalState.Failure);

        await (await BeginAsync(100, attempt: 2, job: "gate/1/503")).FinishAsync(FinalState.Success);
        Assert.That(Top.State, Is.EqualTo("failure"));
        await (await BeginAsync(100, attempt: 2, job: "gate/0/504")).FinishAsync(FinalState.Success);

        Assert.That(Top.State, Is.EqualTo("success"));
    }

    [Test]
    public async Task A_job_that_dies_beside_another_blocks()
    {
        await BeginAsync(100, job: "gate/0");
        var second = await BeginAsync(100, job: "gate/1");

        await second.FinishAsync(FinalState.Success);

        Assert.That(Top, Has.Property("State").EqualTo("pending").And.Property("Description").EqualTo(GateStatus.OtherMeasures));
    }

    [TestCase("release-manager")]
    [TestCase("acme-bot[bot]")]
    public async Task A_token_that_may_comment_and_not_set_statuses_keeps_one_comment(string login)
    {
        _scene.GitHub.Tokens[0] = new StandInToken("ghs_standin", login).Without("statuses");

        for (var run = 1; run <= 3; run++)
            await _scene.PublishAsync(_scene.Job(run), GateScene.Report(comment: $"run {run}"));

        Assert.That(Repository.Comments, Has.Count.EqualTo(1));
        Assert.That(Repository.Comments[0].Body, Does.StartWith("run 3"));
    }

    [TestCase(999, "success", 999)]
    [TestCase(950, "success", 952)]
    [TestCase(899, "success", 901)]
    [TestCase(998, "failure", 999)]
    [TestCase(999, "failure", 1000)]
    [TestCase(1000, "failure", 1000)]
    public async Task Near_the_1000_statuses_that_a_commit_takes_a_nightly_run_says_only_what_has_changed(int before, string verdict,
    int after)
    {
        var sha = Repository.Branches["main"];
        for (var number = 0; number < before; number++)
            Repository.Statuses.Add(new(
                Repository.NextId(), sha, "success", "gate/staging", "14 of 14 criteria met",
                $"https://github.example.com/octo-org/shop/actions/runs/{number}/attempts/1", "github-actions[bot]",
                DateTimeOffset.UnixEpoch));
        if (before == 950)
            Repository.Statuses[^1] = Repository.Statuses[^1] with { State = "failure" };
        after = before == 950 ? 951 : after;

        var publication = await _scene.PublishAsync(_scene.Keep(StandInJob.Push(_scene.GitHub, "main", 2000)),
            GateScene.Report(verdict == "success" ? FinalState.Success : FinalState.Failure));

        Assert.That(Repository.Statuses, Has.Count.EqualTo(after));
        Assert.That(publication.IsStatusMissing, Is.EqualTo(before == 1000));
        Assert.That(publication.Failures, before == 1000 ? Has.One.Contains("push a new commit") : Is.Empty);
        if (before >= 900)
            Assert.That(publication.Notices, Has.Some.Contains("GitHub takes"));
    }

    [Test]
    public async Task The_last_word_waits_for_a_rate_limit_that_GitHub_names()
    {
        var gate = await BeginAsync(100);
        _scene.GitHub.RetryAfter = TimeSpan.FromMinutes(10);
        _scene.GitHub.Fail(FaultKind.TooManyRequests, IsFinalPost);

        var publication = await gate.FinishAsync(FinalState.Success);

        Assert.That(publication.IsStatusMissing, Is.False);
        Assert.That(Top.State, Is.EqualTo("success"));
        Assert.That(_scene.Out.ToString(), Does.Contain("the status waits 10m: GitHub's rate limit is used up"));
    }

    [Test]
    public async Task A_place_is_put_back_also_if_a_rate_limit_has_to_be_waited_out()
    {
        var earlier = await BeginAsync(100);
        _scene.GitHub.RetryAfter = TimeSpan.FromMinutes(10);
        Before(IsFinalPost, () => Say(101, "pending", GateStatus.Measuring));
        _scene.GitHub.Fail(
            FaultKind.TooManyRequests, request => IsPost(request) && Repository.Statuses.Exists(status => status.State == "success"));

        await earlier.FinishAsync(FinalState.Success);

        Assert.That(Top, Has.Property("State").EqualTo("pending").And.Property("TargetUrl").Contains("/runs/101/"));
        Assert.That(_scene.Out.ToString(), Does.Contain("the status waits"));
    }

    [Test]
    public async Task A_run_that_waits_for_a_limit_leaves_the_word_to_one_that_begins_meanwhile()
    {
        var gate = await BeginAsync(100);
        _scene.GitHub.RetryAfter = TimeSpan.FromMinutes(10);
        _scene.GitHub.Fail(FaultKind.TooManyRequests, IsFinalPost);
        Before(IsFinalPost, () => Say(101, "pending", GateStatus.Measuring));

        await gate.FinishAsync(FinalState.Success);

        Assert.That(Repository.Statuses, Has.None.Property("State").EqualTo("success"));
    }

    [TestCase(16, false)]
    [TestCase(10, true)]
    public async Task A_limit_that_lasts_too_long_or_meets_a_signal_is_not_waited_for(int minutes, bool isStopped)
    {
        var gate = await BeginAsync(100);
        _scene.GitHub.RetryAfter = TimeSpan.FromMinutes(minutes);
        _scene.GitHub.Fail(FaultKind.TooManyRequests, IsFinalPost, times: 9);
        using var stop = new CancellationTokenSource();
        Before(IsFinalPost, () => { if (isStopped) stop.Cancel(); });

        var publication = await gate.FinishAsync(FinalState.Success, stop.Token);

        Assert.That(publication.IsStatusMissing, Is.True);
        Assert.That(publication.Failures, Has.One.Contains("re-run this job once the limit has passed"));
        Assert.That(_scene.GitHub.Requests.Count(IsFinalPost), Is.EqualTo(1));
    }

    [Test]
    public async Task A_success_is_not_said_if_GitHub_does_not_tell_who_began_later(
        [Values(FaultKind.ServerError, FaultKind.BadGateway, FaultKind.Unavailable, FaultKind.NotAccessible, FaultKind.NotFound,
        FaultKind.MalformedJson, FaultKind.WrongContentType, FaultKind.SecondaryLimit, FaultKind.ResetBeforeTheWrite)]
        FaultKind fault, [Values] ReportKind kind)
    {
        var gate = await BeginAsync(100, kind: kind);
        _scene.GitHub.Fail(fault, IsLook, times: 99);

        var publication = await gate.FinishAsync(FinalState.Success);

        Assert.That(Repository.Statuses, Has.None.Property("State").EqualTo("success"));
        Assert.That(Repository.Checks, Has.None.Property("Conclusion").EqualTo("success"));
        Assert.That(publication.IsStatusMissing, Is.True);
        Assert.That(publication.Failures, Has.One.Contains("GitHub did not tell whether a later run judges this commit: re-run this job"));
        Assert.That(Repository.Comments[0].Body, Does.Contain("**Blocked**: met, but GitHub did not tell"));
    }

    [Test]
    public async Task A_run_is_not_called_dead_if_GitHub_does_not_tell_so_twice()
    {
        var earlier = await BeginAsync(100);
        await BeginAsync(101);
        AddRun(101, "cancelled");
        _scene.GitHub.Fail(
            FaultKind.NotAccessible,
            request => IsLook(request) && _scene.GitHub.Requests.Any(other => other.Path.EndsWith("/runs/101", StringComparison.Ordinal)));

        await earlier.FinishAsync(FinalState.Success);

        Assert.That(Top, Has.Property("State").EqualTo("pending").And.Property("TargetUrl").Contains("/runs/101/"));
    }

    [Test]
    public async Task A_failure_is_said_even_if_GitHub_does_not_tell_who_began_later()
    {
        var gate = await BeginAsync(100);
        _scene.GitHub.Fail(FaultKind.NotAccessible, IsLook, times: 99);

        var publication = await gate.FinishAsync(FinalState.Failure);

        Assert.That(Top, Has.Property("State").EqualTo("failure").And.Property("Description").EqualTo("2 of 14 criteria failed"));
        Assert.That(publication.IsStatusMissing, Is.False);
    }

    [Test]
    public async Task A_success_is_said_as_soon_as_GitHub_tells([Values] ReportKind kind)
    {
        var gate = await BeginAsync(100, kind: kind);
        _scene.GitHub.Fail(FaultKind.NotAccessible, IsLook);

        var publication = await gate.FinishAsync(FinalState.Success);

        if (kind != ReportKind.Check)
            Assert.That(Top.State, Is.EqualTo("success"));
        Assert.That(Repository.Checks, Has.All.Property("Conclusion").EqualTo("success"));
        Assert.That(publication.IsStatusMissing, Is.False);
        Assert.That(Repository.Comments[0].Body, Does.Not.Contain("Blocked"));
    }

    [Test]
    public async Task A_check_run_that_gives_way_is_completed_as_cancelled([Values(ReportKind.Check, ReportKind.Both)]
    ReportKind kind, [Values] bool isAbandoned)
    {
        _scene.Haste = 1;
        var earlier = await BeginAsync(100, kind: kind);
        var later = await BeginAsync(101, kind: kind);

        if (isAbandoned)
            await earlier.AbandonAsync();
        else
            await earlier.FinishAsync(FinalState.Success);
        await later.FinishAsync(FinalState.Failure);

        Assert.That(Repository.Checks.Select(check => (check.Status, check.Conclusion)),
            Is.EqualTo([("completed", "cancelled"), ("completed", "failure")]));
        Assert.That(Repository.Statuses, Has.None.Property("State").EqualTo("success"));
    }

    [Test]
    public async Task Two_jobs_whose_check_runs_have_one_name_end_in_the_worse_verdict([Values] bool isFirstMet, [Values]
    bool isSecondMet, [Values] bool isFirstToEnd)
    {
        var first = await BeginAsync(100, job: "gate/0", kind: ReportKind.Check);
        var second = await BeginAsync(100, job: "gate/1", kind: ReportKind.Check);

        foreach (var isFirst in new[] { isFirstToEnd, !isFirstToEnd })
        {
            Assert.That(Repository.Checks[^1].Conclusion, Is.Not.EqualTo("success"));
            await (isFirst ? first.FinishAsync(State(isFirstMet)) : second.FinishAsync(State(isSecondMet)));
        }

        Assert.That(Repository.Checks.MaxBy(check => check.Id)!.Conclusion, Is.EqualTo(isFirstMet && isSecondMet ? "success" : "failure"));
        Assert.That(Repository.Checks, Has.All.Property("Status").EqualTo("completed"));
    }

    private static FinalState State(bool isMet) => isMet ? FinalState.Success : FinalState.Failure;

    private static bool IsLook(RecordedRequest request) => request.Method == "GET"
        && (request.Path.EndsWith("/statuses", StringComparison.Ordinal) || request.Path.EndsWith("/check-runs", StringComparison.Ordinal));

    private static bool IsPost(RecordedRequest request) =>
        request.Method == "POST" && request.Path.Contains("/statuses/", StringComparison.Ordinal);

    private static bool IsFinalPost(RecordedRequest request) =>
        IsPost(request) && !request.Body.Contains("\"pending\"", StringComparison.Ordinal);

    private async Task<GateInFlight> BeginAsync(long run, int attempt = 1, string? job = null, ReportKind kind = ReportKind.Status)
    {
        var standInJob = _scene.Job(run);
        standInJob["GITHUB_RUN_ATTEMPT"] = attempt.ToString(CultureInfo.InvariantCulture);
        standInJob["INPUT_JOB"] = job;
        var gate = await GateInFlight.BeginAsync(_scene, standInJob, kind);
        _open.Add(gate);
        return gate;
    }

    /// <summary>Lets another run speak just before the first request of a kind is done.</summary>
    private void Before(Func<RecordedRequest, bool> when, Action act)
    {
        _scene.GitHub.Arriving = request =>
        {
            if (!when(request))
                return;
            _scene.GitHub.Arriving = null;
            act();
        };
    }

    /// <summary>Lets another run speak between the first request of a kind and the next one.</summary>
    private void AfterNext(Func<RecordedRequest, bool> when, Action act) => Before(when, () => Before(_ => true, act));

    private Status Say(long run, string state, string description, string job = "")
    {
        var word = Repository.Statuses[0] with
        {
            Id = Repository.NextId(),
            State = state,
            Description = description,
            TargetUrl = $"https://github.example.com/octo-org/shop/actions/runs/{run}/attempts/1{job}",
        };
        Repository.Statuses.Add(word);
        return word;
    }

    private void AddRun(long id, string? conclusion, int attempt = 1) =>
        Repository.Runs.Add(new(id, "gate.yml", "feature", _scene.Pull.HeadSha, "pull_request", conclusion, Attempt: attempt));
}
