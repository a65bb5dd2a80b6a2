using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub;

namespace GateAction.Tests.GitHub.Publishing;

/// <summary>Whose word stands on a commit if GitHub asks to wait, takes no more or does not answer.</summary>
internal sealed class RunOrderLimitTests : RunsOnOneCommit
{
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

        var publication = await Scene.PublishAsync(Scene.Keep(StandInJob.Push(Scene.GitHub, "main", 2000)),
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
        Scene.GitHub.RetryAfter = TimeSpan.FromMinutes(10);
        Scene.GitHub.Fail(FaultKind.TooManyRequests, IsFinalPost);

        var publication = await gate.FinishAsync(FinalState.Success);

        Assert.That(publication.IsStatusMissing, Is.False);
        Assert.That(Top.State, Is.EqualTo("success"));
        Assert.That(Scene.Out.ToString(), Does.Contain("the status waits 10m: GitHub's rate limit is used up"));
    }

    [Test]
    public async Task A_place_is_put_back_also_if_a_rate_limit_has_to_be_waited_out()
    {
        var earlier = await BeginAsync(100);
        Scene.GitHub.RetryAfter = TimeSpan.FromMinutes(10);
        Before(IsFinalPost, () => Say(101, "pending", GateStatus.Measuring));
        Scene.GitHub.Fail(
            FaultKind.TooManyRequests, request => IsPost(request) && Repository.Statuses.Exists(status => status.State == "success"));

        await earlier.FinishAsync(FinalState.Success);

        Assert.That(Top, Has.Property("State").EqualTo("pending").And.Property("TargetUrl").Contains("/runs/101/"));
        Assert.That(Scene.Out.ToString(), Does.Contain("the status waits"));
    }

    [Test]
    public async Task A_run_that_waits_for_a_limit_leaves_the_word_to_one_that_begins_meanwhile()
    {
        var gate = await BeginAsync(100);
        Scene.GitHub.RetryAfter = TimeSpan.FromMinutes(10);
        Scene.GitHub.Fail(FaultKind.TooManyRequests, IsFinalPost);
        Before(IsFinalPost, () => Say(101, "pending", GateStatus.Measuring));

        await gate.FinishAsync(FinalState.Success);

        Assert.That(Repository.Statuses, Has.None.Property("State").EqualTo("success"));
    }

    [TestCase(16, false)]
    [TestCase(10, true)]
    public async Task A_limit_that_lasts_too_long_or_meets_a_signal_is_not_waited_for(int minutes, bool isStopped)
    {
        var gate = await BeginAsync(100);
        Scene.GitHub.RetryAfter = TimeSpan.FromMinutes(minutes);
        Scene.GitHub.Fail(FaultKind.TooManyRequests, IsFinalPost, times: 9);
        using var stop = new CancellationTokenSource();
        Before(IsFinalPost, () => { if (isStopped) stop.Cancel(); });

        var publication = await gate.FinishAsync(FinalState.Success, stop.Token);

        Assert.That(publication.IsStatusMissing, Is.True);
        Assert.That(publication.Failures, Has.One.Contains("re-run this job once the limit has passed"));
        Assert.That(Scene.GitHub.Requests.Count(IsFinalPost), Is.EqualTo(1));
    }

    [Test]
    public async Task A_success_is_not_said_if_GitHub_does_not_tell_who_began_later(
        [Values(FaultKind.ServerError, FaultKind.BadGateway, FaultKind.Unavailable, FaultKind.NotAccessible, FaultKind.NotFound,
        FaultKind.MalformedJson, FaultKind.WrongContentType, FaultKind.SecondaryLimit, FaultKind.ResetBeforeTheWrite)]
        FaultKind fault, [Values] ReportKind kind)
    {
        var gate = await BeginAsync(100, kind: kind);
        Scene.GitHub.Fail(fault, IsLook, times: 99);

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
        Scene.GitHub.Fail(
            FaultKind.NotAccessible,
            request => IsLook(request) && Scene.GitHub.Requests.Any(other => other.Path.EndsWith("/runs/101", StringComparison.Ordinal)));

        await earlier.FinishAsync(FinalState.Success);

        Assert.That(Top, Has.Property("State").EqualTo("pending").And.Property("TargetUrl").Contains("/runs/101/"));
    }

    [Test]
    public async Task A_failure_is_said_even_if_GitHub_does_not_tell_who_began_later()
    {
        var gate = await BeginAsync(100);
        Scene.GitHub.Fail(FaultKind.NotAccessible, IsLook, times: 99);

        var publication = await gate.FinishAsync(FinalState.Failure);

        Assert.That(Top, Has.Property("State").EqualTo("failure").And.Property("Description").EqualTo("2 of 14 criteria failed"));
        Assert.That(publication.IsStatusMissing, Is.False);
    }

    [Test]
    public async Task A_success_is_said_as_soon_as_GitHub_tells([Values] ReportKind kind)
    {
        var gate = await BeginAsync(100, kind: kind);
        Scene.GitHub.Fail(FaultKind.NotAccessible, IsLook);

        var publication = await gate.FinishAsync(FinalState.Success);

        if (kind != ReportKind.Check)
            Assert.That(Top.State, Is.EqualTo("success"));
        Assert.That(Repository.Checks, Has.All.Property("Conclusion").EqualTo("success"));
        Assert.That(publication.IsStatusMissing, Is.False);
        Assert.That(Repository.Comments[0].Body, Does.Not.Contain("Blocked"));
    }
}
