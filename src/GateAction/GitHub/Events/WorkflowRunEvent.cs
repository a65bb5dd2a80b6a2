using GateAction.Core.Model;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>
/// Another workflow ended: the commit it ran on. GitHub names no pull request for a run from a fork, so it is looked up by the fork's owner
/// and branch; only one whose tip is that very commit counts. A run of a pull request that has moved on, or of a fork without one, has
/// nothing to say.
/// </summary>
internal static class WorkflowRunEvent
{
    public static async Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        var (fields, name) = (source.Job.Fields, source.Job.EventName);
        var sha = fields.Needed(EventField.RunSha, name);
        var branch = fields.Needed(EventField.RunBranch, name);
        var home = fields[EventField.RunRepository];
        // GitHub names no repository for a deleted fork; what is not known is not trusted.
        var isFork = home is null || !home.Equals(source.Job.Repository.ToString(), StringComparison.OrdinalIgnoreCase);
        var ran = new GateEvent(name, source.Action, sha, $"refs/heads/{branch}", branch)
        {
            FollowedRun = fields.Whole(EventField.Run),
            FollowedEvent = fields[EventField.RunEvent],
            UntrustedBecause = isFork ? "the run's commit comes from a fork" : null,
        };
        if (source.Client is not { } client)
            return ran;
        ran = await source.WithDefaultBranchAsync(ran, cancellation);
        if (!isFork && branch == ran.DefaultBranch)
            return ran;
        try
        {
            var pulls = client.PullRequests.OfBranchAsync(home?.Split('/')[0], branch, cancellation);
            var found = CommitPullRequests.Among(ran, await pulls.ToListAsync(cancellation));
            var isOfPullRequest = isFork || fields[EventField.RunEvent]?.StartsWith("pull_request", StringComparison.Ordinal) == true;
            return found.PullRequest is null && isOfPullRequest
                ? found with
                {
                    Ignored =
                $"no open pull request from '{home ?? "a deleted fork"}:{branch}' has {ran.ShortSha} at its tip (any more)"
                }
                : found;
        }
        catch (GitHubException exception)
        {
            var reason = PullRequestEvent.Unknown($"the pull requests of branch '{branch}' cannot be read", exception);
            // A fork's branch may bear the name of one of this repository's: under which name its commit would get a status is not known.
            return isFork ? throw new GateException(reason, ExitCode.NotPublished, exception) : ran with { Blocked = reason };
        }
    }
}
