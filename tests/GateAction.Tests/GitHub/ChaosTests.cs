using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub;

namespace GateAction.Tests.GitHub;

/// <summary>Every request of a run fails once, in every way a network and GitHub can fail.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ChaosTests
{
    private static readonly FaultKind[] Passing =
        [.. Enum.GetValues<FaultKind>().Except([FaultKind.BadCredentials, FaultKind.NotAccessible, FaultKind.NotFound])];

    private static readonly FaultKind[] Refusals = [FaultKind.BadCredentials, FaultKind.NotAccessible, FaultKind.NotFound];

    [TestCaseSource(nameof(Passing))]
    public async Task After_a_fault_that_passes_there_is_exactly_one_comment_and_one_final_status(FaultKind kind)
    {
        for (var number = 1; ; number++)
        {
            await using var scene = await GateScene.StartAsync();
            scene.GitHub.Fail(kind, request => request.Number == number);

            var publication = await RunAsync(scene, ReportKind.Status);

            if (!scene.GitHub.Requests.Any(request => request.Fault is not null))
            {
                Assert.That(number, Is.GreaterThan(6));
                return;
            }
            var log =
                $"{kind} at {number}:\n"
                + $"{string.Join('\n', scene.GitHub.Requests.Select(request => $"{request} {request.Status} {request.Fault}"))}";
            Assert.That(publication.Failures, Is.Empty, log);
            Assert.That(scene.GitHub.Repository.Comments, Has.Count.EqualTo(1), log);
            Assert.That(scene.GitHub.Repository.Statuses.Select(status => status.State), Is.EqualTo(["pending", "failure"]), log);
            Assert.That(publication.ExitCode(ExitCode.Failed), Is.EqualTo(ExitCode.Failed), log);
        }
    }

    [TestCaseSource(nameof(Passing))]
    public async Task A_check_run_is_created_once_and_holds_every_annotation_once(FaultKind kind)
    {
        for (var number = 1; ; number++)
        {
            await using var scene = await GateScene.StartAsync();
            scene.GitHub.Fail(kind, request => request.Number == number);

            var publication = await RunAsync(scene, ReportKind.Check);

            if (!scene.GitHub.Requests.Any(request => request.Fault is not null))
                return;
            var log =
                $"{kind} at {number}:\n"
                + $"{string.Join('\n', scene.GitHub.Requests.Select(request => $"{request} {request.Status} {request.Fault}"))}";
            var check = scene.GitHub.Repository.Checks.Single();
            Assert.That((check.Conclusion, check.Annotations.Count), Is.EqualTo(("failure", 120)), log);
            Assert.That(publication.ExitCode(ExitCode.Failed), Is.EqualTo(ExitCode.Failed), log);
        }
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task After_a_refusal_the_exit_code_is_4_exactly_where_the_final_status_is_missing(FaultKind kind)
    {
        for (var number = 1; ; number++)
        {
            await using var scene = await GateScene.StartAsync();
            scene.GitHub.Fail(kind, request => request.Number == number);
            Publication publication;
            try
            {
                publication = await RunAsync(scene, ReportKind.Status);
            }
            catch (GateException exception)
            {
                Assert.That(exception.Message, Does.Contain("manifest").And.Contain("GitHub answered"));
                continue;
            }
            if (!scene.GitHub.Requests.Any(request => request.Fault is not null))
                return;
            var log =
                $"{kind} at {number}:\n"
                + $"{string.Join('\n', scene.GitHub.Requests.Select(request => $"{request} {request.Status} {request.Fault}"))}";
            var expected = scene.FinalStatuses.Any() ? ExitCode.Met : ExitCode.NotPublished;
            Assert.That(publication.ExitCode(ExitCode.Met), Is.EqualTo(expected), log);
            Assert.That(scene.GitHub.Repository.Comments, Has.Count.LessThanOrEqualTo(1), log);
        }
    }

    [Test]
    public async Task A_GitHub_that_stays_down_is_one_sentence_and_exit_code_4()
    {
        await using var scene = await GateScene.StartAsync();
        scene.GitHub.Fail(FaultKind.BadGateway, request => request.Path.Contains("/statuses/", StringComparison.Ordinal), times: 100);
        var job = scene.Job();

        var publication = await scene.PublishAsync(job, GateScene.Report());

        Assert.That(publication.ExitCode(ExitCode.Met), Is.EqualTo(ExitCode.NotPublished));
        Assert.That(publication.Failures.Single(),
            Does.StartWith("the status cannot be set: GitHub answered 502 'Bad Gateway' to POST repos/octo-org/shop/statuses/"));
        Assert.That(File.ReadAllText(job.SummaryPath), Does.Contain("# Summary"));
    }

    private static async Task<Publication> RunAsync(GateScene scene, ReportKind kind)
    {
        using var session = scene.Open(scene.Job());
        var source = await session.ReadEventAsync(CancellationToken.None);
        var changed = await session.ReadChangedFilesAsync(source, CancellationToken.None);
        await session.ReadManifestAsync(source, null, ManifestFrom.Base, changed, CancellationToken.None);
        var target = new GateTarget(session.Job, source, "staging", kind, CommentMode.Always);
        await using var gate = await GateScene.BeginAsync(session, target, CancellationToken.None);
        var annotations = Enumerable.Range(1, 120)
            .Select(line => new Core.Reports.Machine.Annotation(Core.Reports.Machine.AnnotationLevel.Failure, "t", "m", "gate.yml", line));
        return await gate.FinishAsync(GateScene.Report(FinalState.Failure) with { Annotations = [.. annotations] }, CancellationToken.None);
    }
}
