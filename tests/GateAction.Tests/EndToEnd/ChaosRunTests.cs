using GateAction.StandIns.GitHub;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>The whole program, from the payload to the exit code, while every one of its requests to GitHub fails once in every
/// way.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ChaosRunTests
{
    private static readonly FaultKind[] Refusals = [FaultKind.BadCredentials, FaultKind.NotAccessible, FaultKind.NotFound];

    private static readonly FaultKind[] Passing = [.. Enum.GetValues<FaultKind>().Except(Refusals)];

    private static readonly string[] PendingThenFailure = ["pending", "failure"];

    [TestCaseSource(nameof(Passing))]
    public async Task A_fault_that_passes_changes_nothing_of_what_is_said(FaultKind kind)
    {
        for (var number = 1; ; number++)
        {
            await using var scene = await GateScene.StartAsync();
            scene.GitHub.Fail(kind, request => request.Number == number);

            var exitCode = await RunAsync(scene);

            if (!scene.GitHub.Requests.Any(request => request.Fault is not null))
            {
                Assert.That(number, Is.GreaterThan(6));
                return;
            }
            var log = Log(scene, kind, number);
            Assert.That(exitCode, Is.EqualTo(1), log);
            Assert.That(scene.GitHub.Repository.Comments.Select(comment => comment.Body), Has.Exactly(1).Contains("compliant"), log);
            Assert.That(scene.GitHub.Repository.Comments, Has.Count.EqualTo(1), log);
            Assert.That(scene.GitHub.Repository.Statuses.Select(status => status.State), Is.EqualTo(PendingThenFailure), log);
        }
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task A_refusal_is_never_a_pass_and_the_exit_code_says_where_the_status_is_missing(FaultKind kind)
    {
        for (var number = 1; ; number++)
        {
            await using var scene = await GateScene.StartAsync();
            scene.GitHub.Fail(kind, request => request.Number == number);

            var exitCode = await RunAsync(scene);

            if (!scene.GitHub.Requests.Any(request => request.Fault is not null))
                return;
            var log = Log(scene, kind, number);
            var final = scene.FinalStatuses.Select(status => status.State).ToList();
            Assert.That(final, Has.Count.LessThanOrEqualTo(1).And.None.EqualTo("success"), log);
            Assert.That(exitCode, final.Count == 0 ? Is.EqualTo(4) : Is.EqualTo(final[0] == "failure" ? 1 : 2), log);
            Assert.That(scene.GitHub.Repository.Comments, Has.Count.LessThanOrEqualTo(1), log);
            Assert.That(scene.Error.ToString(), Does.Not.Contain("   at "), log);
        }
    }

    private static async Task<int> RunAsync(GateScene scene)
    {
        var job = scene.Job();
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), """{ "violations": 3 }""");
        return await Program.RunAsync(["run"], scene.Shell(job), CancellationToken.None);
    }

    private static string Log(GateScene scene, FaultKind kind, int number) =>
        $"{kind} at {number}:\n"
        + $"{string.Join('\n', scene.GitHub.Requests.Select(request => $"{request} {request.Status} {request.Fault}"))}\n{scene.Error}";
}
