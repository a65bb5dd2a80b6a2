using GateAction.Core.Model;
using GateAction.Core.Reports.Machine;
using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub.Publishing;

internal sealed class CheckRunPublisherTests
{
    private GateScene _scene = null!;

    private Check Check => _scene.GitHub.Repository.Checks.Single();

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [TestCase(FinalState.Success, "success")]
    [TestCase(FinalState.Failure, "failure")]
    [TestCase(FinalState.Error, "failure")]
    public async Task A_check_run_is_completed_and_never_neutral(FinalState state, string conclusion)
    {
        await _scene.PublishAsync(_scene.Job(), GateScene.Report(state), ReportKind.Check);

        Assert.That((Check.Name, Check.Status, Check.Conclusion, Check.Title),
            Is.EqualTo(("gate/staging", "completed", conclusion, "14 of 14 criteria met")));
        Assert.That(_scene.GitHub.Repository.Statuses, Is.Empty);
        Assert.That(_scene.GitHub.Repository.Comments, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Both_have_two_names()
    {
        await _scene.PublishAsync(_scene.Job(), GateScene.Report(), ReportKind.Both);

        Assert.That((_scene.FinalStatuses.Single().Context, Check.Name), Is.EqualTo(("gate/staging", "gate/staging (check)")));
    }

    [TestCase(0, 1)]
    [TestCase(50, 1)]
    [TestCase(51, 2)]
    [TestCase(3505, 10)]
    public async Task Annotations_go_in_batches_of_fifty_and_those_left_out_are_counted(int count, int calls)
    {
        var annotations = Enumerable.Range(1, count)
            .Select(line => new Annotation(AnnotationLevel.Failure, "t", $"m{line}", "gate.yml", line));

        await _scene.PublishAsync(_scene.Job(), GateScene.Report(FinalState.Failure) with { Annotations = [.. annotations] },
            ReportKind.Check);

        Assert.That(Check.Annotations, Has.Count.EqualTo(Math.Min(count, 500)));
        Assert.That(_scene.GitHub.Requests.Count(request => request.Method == "PATCH"), Is.EqualTo(calls));
        Assert.That(Check.Summary, count > 500 ? Does.EndWith("… and 3,005 more annotations.") : Does.EndWith("# Summary"));
        Assert.That(Check.Conclusion, Is.EqualTo("failure"));
    }

    [Test]
    public async Task A_token_that_may_not_create_check_runs_is_one_sentence()
    {
        _scene.GitHub.Tokens[0] = _scene.GitHub.Tokens[0].Without("checks");

        var publication = await _scene.PublishAsync(_scene.Job(), GateScene.Report(), ReportKind.Check);

        Assert.That(publication.ExitCode(ExitCode.Met), Is.EqualTo(ExitCode.NotPublished));
        Assert.That(publication.Failures.Single(), Does.Contain("add 'permissions: { checks: write }' to the job"));
    }

    [Test]
    public async Task An_annotation_in_the_last_batch_that_GitHub_refuses_does_not_either()
    {
        Annotation[] annotations = [new(AnnotationLevel.Failure, "t", "m", "gate.yml", 1), new(AnnotationLevel.Failure, "t", "m", "", 1)];

        var publication = await _scene.PublishAsync(_scene.Job(), GateScene.Report(FinalState.Failure) with { Annotations = annotations },
            ReportKind.Check);

        Assert.That((Check.Status, Check.Conclusion, Check.Annotations.Count), Is.EqualTo(("completed", "failure", 0)));
        Assert.That(publication.IsStatusMissing, Is.False);
    }

    [Test]
    public async Task Annotations_that_GitHub_refuses_do_not_leave_the_check_run_in_progress()
    {
        _scene.GitHub.Fail(StandIns.GitHub.FaultKind.NotFound, request => request.Body.Contains("in_progress", StringComparison.Ordinal)
            && request.Method == "PATCH");
        var annotations = Enumerable.Range(1, 120).Select(line => new Annotation(AnnotationLevel.Failure, "t", "m", "gate.yml", line));

        var publication = await _scene.PublishAsync(_scene.Job(), GateScene.Report() with { Annotations = [.. annotations] },
            ReportKind.Check);

        Assert.That((Check.Status, Check.Conclusion, Check.Annotations.Count), Is.EqualTo(("completed", "success", 0)));
        Assert.That(publication.IsStatusMissing, Is.False);
    }
}
