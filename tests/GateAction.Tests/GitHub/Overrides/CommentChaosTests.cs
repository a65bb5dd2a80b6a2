using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub.Overrides;

/// <summary>A run that a comment set off, while every one of its requests to GitHub fails once in every way.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CommentChaosTests
{
    private const string Waive = "/gate waive database for 3d: the supplier is down";
    private const string Unwaive = "/gate unwaive database";
    private const string Rerun = "/gate rerun";

    private static readonly FaultKind[] Refusals = [FaultKind.BadCredentials, FaultKind.NotAccessible, FaultKind.NotFound];

    private static readonly FaultKind[] Passing = [.. Enum.GetValues<FaultKind>().Except(Refusals)];

    [Test]
    public async Task A_fault_that_passes_changes_nothing_of_what_is_done(
        [Values(Waive, Rerun)] string text, [ValueSource(nameof(Passing))] FaultKind kind)
    {
        for (var number = 1; ; number++)
        {
            await using var scene = await OverrideScene.StartAsync();
            var (comment, exitCode, log) = await FollowAsync(scene, text, kind, number);

            if (log is null)
            {
                Assert.That(number, Is.GreaterThan(6));
                return;
            }
            // Evidence that came damaged is as good as none: what measured it runs again, and no waiver is taken for decided.
            var isAgain = scene.Repository.Reruns.Count > 0;
            // A re-run that may have been asked for is not asked for twice.
            var isUnsure = text == Rerun && exitCode == 4;
            Assert.That(scene.Repository.Reruns, Has.Count.LessThanOrEqualTo(1), log);
            if (text == Rerun)
                Assert.That(isAgain || isUnsure, log);
            else
                Assert.That(exitCode, Is.EqualTo(isAgain || text == Waive ? 0 : 1), log);
            Assert.That(scene.Last.State, Is.EqualTo((text, isAgain) switch
            {
                (Waive, false) => "success",
                (Unwaive, true) => "error",
                _ => "failure",
            }), log);
            Assert.That(scene.ReactionsTo(comment), Is.EqualTo(isUnsure ? ["confused", "eyes"] : new[] { "+1", "eyes" }), log);
            Assert.That(scene.Comments.Count(one => one.Author == "github-actions[bot]"), Is.EqualTo(isUnsure ? 2 : 1), log);
        }
    }

    [Test]
    public async Task A_refusal_waives_nothing_and_leaves_no_success_when_a_waiver_has_ended(
        [Values(Waive, Unwaive, Rerun)] string text, [ValueSource(nameof(Refusals))] FaultKind kind)
    {
        for (var number = 1; ; number++)
        {
            await using var scene = await OverrideScene.StartAsync();
            var (comment, exitCode, log) = await FollowAsync(scene, text, kind, number);

            if (log is null)
                return;
            // For all that can be known the base has no manifest then, and nobody may waive.
            if (kind == FaultKind.NotFound && log.Contains("has no 'override'", StringComparison.Ordinal))
                continue;
            var isGone = log.Contains("is gone: it was deleted", StringComparison.Ordinal);
            var isMet = scene.Last.State == "success";
            if (text == Waive)
                Assert.That(isMet, Is.EqualTo(exitCode == 0 && scene.Repository.Reruns.Count == 0 && !isGone), log);
            else
                Assert.That(isMet && exitCode is (0 or 1), Is.False, log);
            Assert.That(scene.Repository.Reruns, Has.Count.LessThanOrEqualTo(1), log);
            Assert.That(log, Does.Not.Contain("   at "), log);
            // Whoever commented sees that it was not done, if the gate may still say anything there.
            if (exitCode is not (0 or 1))
                Assert.That(scene.ReactionsTo(comment), Has.None.EqualTo("+1"), log);
        }
    }

    /// <summary>The n-th request of the run that follows the comment fails; the log is null if there was none.</summary>
    private static async Task<(Comment Comment, int ExitCode, string? Log)> FollowAsync(
        OverrideScene scene, string text, FaultKind kind, int number)
    {
        await scene.MeasureAsync(100);
        if (text == Unwaive)
        {
            await scene.FollowAsync(scene.Say("maintainer", Waive), runId: 300);
            Assert.That(scene.Last.State, Is.EqualTo("success"));
        }
        var comment = scene.Say("maintainer", text, ago: TimeSpan.FromMinutes(1));
        var before = scene.GitHub.Requests.Count;
        scene.GitHub.Fail(kind, request => request.Number == before + number);

        var run = await scene.FollowAsync(comment, runId: 301);

        var requests = scene.GitHub.Requests.Skip(before).ToList();
        return (comment, run.ExitCode, requests.TrueForAll(request => request.Fault is null)
            ? null
            : $"{kind} at {number}:\n"
            + $"{string.Join('\n', requests.Select(request => $"{request} {request.Status} {request.Fault}"))}\n{run.Error}");
    }
}
