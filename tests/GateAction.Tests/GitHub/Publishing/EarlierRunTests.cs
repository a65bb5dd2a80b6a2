using GateAction.Core.Model;
using GateAction.GitHub.Publishing;

namespace GateAction.Tests.GitHub.Publishing;

/// <summary>Two runs that judge one commit, and a stranger who would like to.</summary>
internal sealed class EarlierRunTests
{
    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task Whoever_began_later_has_the_word_whatever_its_number()
    {
        await _scene.PublishAsync(_scene.Job(runId: 200), GateScene.Report(comment: "first"));

        var publication = await _scene.PublishAsync(_scene.Job(runId: 199),
            GateScene.Report(FinalState.Failure, "a re-run of an older run"));

        Assert.That(_scene.GitHub.Repository.Statuses[^1],
            Has.Property("State").EqualTo("failure").And.Property("TargetUrl").Contains("/runs/199/"));
        Assert.That(_scene.GitHub.Repository.Comments, Has.Count.EqualTo(1));
        Assert.That(publication.Notices, Is.Empty);
    }

    [TestCase(CommentMode.Always)]
    [TestCase(CommentMode.Off)]
    [TestCase(CommentMode.OnChange)]
    public async Task A_run_that_began_earlier_overwrites_neither_comment_nor_status(CommentMode mode)
    {
        using var earlier = _scene.Open(_scene.Job(runId: 200));
        var source = await earlier.ReadEventAsync(CancellationToken.None);
        await using var first =
            await GateScene.BeginAsync(earlier, new(earlier.Job, source, "staging", ReportKind.Status, mode), CancellationToken.None);
        await _scene.PublishAsync(_scene.Job(runId: 199), GateScene.Report(FinalState.Failure, comment: "later"), comment: mode);

        var publication = await first.FinishAsync(GateScene.Report(comment: "earlier"), CancellationToken.None);

        Assert.That(_scene.GitHub.Repository.Statuses[^1],
            Has.Property("State").EqualTo("failure").And.Property("TargetUrl").Contains("/runs/199/"));
        Assert.That(_scene.GitHub.Repository.Comments.Select(comment => comment.Body), Has.None.Contains("earlier"));
        Assert.That(publication.Notices.Single(), Does.Contain("a run that began later (199)"));
        Assert.That(publication.ExitCode(ExitCode.Failed), Is.EqualTo(ExitCode.Failed));
    }

    [Test]
    public async Task A_run_that_is_given_up_leaves_the_word_to_one_that_began_later()
    {
        using var earlier = _scene.Open(_scene.Job(runId: 100));
        var source = await earlier.ReadEventAsync(CancellationToken.None);
        await using var first =
            await GateScene.BeginAsync(earlier, new(earlier.Job, source, "staging", ReportKind.Status, CommentMode.Off),
            CancellationToken.None);
        await _scene.PublishAsync(_scene.Job(runId: 101), GateScene.Report(), comment: CommentMode.Off);

        await first.AbandonAsync("cancelled");

        Assert.That(_scene.GitHub.Repository.Statuses[^1].State, Is.EqualTo("success"));
    }

    [TestCase("mallory", "success", 999_999_999_999)]
    [TestCase("mallory", "pending", 999_999_999_999)]
    [TestCase("mallory", "success", 50)]
    [TestCase("github-actions[bot]", "success", 999_999_999_999)]
    public async Task A_forged_status_neither_silences_the_gate_nor_is_repeated(string creator, string state, long run)
    {
        using var session = _scene.Open(_scene.Job(runId: 100));
        var source = await session.ReadEventAsync(CancellationToken.None);
        await using var gate =
            await GateScene.BeginAsync(session, new(session.Job, source, "staging", ReportKind.Status, CommentMode.Off),
            CancellationToken.None);
        var repository = _scene.GitHub.Repository;
        repository.Statuses.Add(repository.Statuses[^1] with
        {
            Id = repository.NextId(),
            State = state,
            Creator = creator,
            TargetUrl = $"https://github.com/o/r/actions/runs/{run}/attempts/1",
        });

        await gate.FinishAsync(GateScene.Report(FinalState.Failure), CancellationToken.None);

        Assert.That(repository.Statuses[^1], Has.Property("State").EqualTo("failure").And.Property("TargetUrl").Contains("/runs/100/"));
        Assert.That(repository.Statuses.Count(status => status.State == "success"), Is.EqualTo(state == "success" ? 1 : 0));
    }

    [Test]
    public async Task An_older_run_that_ends_while_a_newer_one_measures_leaves_the_status_to_it()
    {
        using var older = _scene.Open(_scene.Job(runId: 199));
        using var newer = _scene.Open(_scene.Job(runId: 200));
        var source = await older.ReadEventAsync(CancellationToken.None);
        await using var first =
            await GateScene.BeginAsync(older, new(older.Job, source, "staging", ReportKind.Status, CommentMode.Off),
            CancellationToken.None);
        await using var second =
            await GateScene.BeginAsync(newer, new(newer.Job, source, "staging", ReportKind.Status, CommentMode.Off),
            CancellationToken.None);

        await first.FinishAsync(GateScene.Report(), CancellationToken.None);

        Assert.That(_scene.GitHub.Repository.Statuses.Select(status => status.State), Is.EqualTo(["pending", "pending"]));
    }
}
