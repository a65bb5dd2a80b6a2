using GateAction.GitHub.Publishing;

namespace GateAction.Tests.GitHub.Publishing;

/// <summary>Whose word stands on a commit: jobs of one run, and of its attempts, under one name.</summary>
internal sealed class JobsOfOneRunTests : RunsOnOneCommit
{
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
        Assert.That(Scene.Notices,
            Has.Some.Contains("another job of this run speaks under the same name, 'gate/staging'").And.Contains(
            "give each job's manifest its own 'name'"));
        if (isFirstMet != isSecondMet)
            Assert.That(Repository.Comments.Single().Body,
                Does.Contain("Another job of this run speaks under the same name, `gate/staging`").And.Contain(
                "job's manifest its own `name`"));
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
}
