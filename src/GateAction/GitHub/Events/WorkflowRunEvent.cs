using System.Text.Json;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>
/// Another workflow ended: the commit it ran on. GitHub names no pull request for a run from a fork, so it is looked up by the fork's owner
/// and branch; only one whose tip is that very commit counts. Without one the default branch's tip, on which the job itself runs, gives the
/// manifest.
/// </summary>
internal static class WorkflowRunEvent
{
    public static async Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        var run = source.Payload.At("workflow_run") ?? throw new JsonException("it has no 'workflow_run'");
        var sha = run.Text("head_sha") ?? throw new JsonException("its 'workflow_run' has no 'head_sha'");
        var branch = run.Text("head_branch");
        var ran = source.On(sha, branch is null ? source.Job.Ref : $"refs/heads/{branch}") with
        {
            BaseSha = source.Job.Sha,
            FollowedRun = run.Whole("id"),
            UntrustedBecause = run.Text("head_repository", "full_name") is { } home && home == source.Job.Repository.ToString()
                ? null
                : "the run's commit comes from a fork",
        };
        if (source.Client is not { } client || branch is null)
            return ran;
        try
        {
            var pulls = client.PullRequests.OfBranchAsync(run.Text("head_repository", "owner", "login"), branch, cancellation);
            return CommitPullRequests.Among(ran, await pulls.ToListAsync(cancellation));
        }
        catch (GitHubException)
        {
            return ran;
        }
    }
}
