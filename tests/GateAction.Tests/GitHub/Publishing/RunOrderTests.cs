using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub.Publishing;

/// <summary>Whose word stands on a commit: runs and attempts that begin, speak and end in each other's way.</summary>
internal sealed class RunOrderTests : RunsOnOneCommit
{
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

    [TestCase("release-manager")]
    [TestCase("acme-bot[bot]")]
    public async Task A_token_that_may_comment_and_not_set_statuses_keeps_one_comment(string login)
    {
        Scene.GitHub.Tokens[0] = new StandInToken("ghs_standin", login).Without("statuses");

        for (var run = 1; run <= 3; run++)
            await Scene.PublishAsync(Scene.Job(run), GateScene.Report(comment: $"run {run}"));

        Assert.That(Repository.Comments, Has.Count.EqualTo(1));
        Assert.That(Repository.Comments[0].Body, Does.StartWith("run 3"));
    }

    [Test]
    public async Task A_check_run_that_gives_way_is_completed_as_cancelled([Values(ReportKind.Check, ReportKind.Both)]
    ReportKind kind, [Values] bool isAbandoned)
    {
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
}
