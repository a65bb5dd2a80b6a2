using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>Finds the open pull request whose tip is an event's commit, for events that name none.</summary>
internal static class CommitPullRequests
{
    /// <summary>
    /// The default branch speaks for itself. If GitHub does not tell for another one, the gate is blocked: the commit's own manifest must
    /// not judge what a base branch may require.
    /// </summary>
    public static async Task<GateEvent> AddAsync(GateEvent found, EventSource source, CancellationToken cancellation)
    {
        if (source.Client is not { } client)
            return found;
        found = await source.WithDefaultBranchAsync(found, cancellation);
        if (found.Branch == found.DefaultBranch)
            return found;
        try
        {
            return Among(found, await client.PullRequests.OfCommitAsync(found.Sha, cancellation).ToListAsync(cancellation));
        }
        catch (GitHubException exception)
        {
            return found with { Blocked = PullRequestEvent.Unknown($"the pull requests of {found.ShortSha} cannot be read", exception) };
        }
    }

    /// <summary>
    /// Of several open pull requests with the commit at their tip the oldest into the default branch, else the oldest gets the word; the
    /// others are named, and each is judged by its own run.
    /// </summary>
    public static GateEvent Among(GateEvent found, IEnumerable<PullRequest> pulls)
    {
        var open = pulls.Where(pull => pull.State == "open" && pull.Head.Sha == found.Sha)
            .OrderBy(pull => pull.Base.Ref == found.DefaultBranch ? 0 : 1)
            .ThenBy(pull => pull.Number)
            .ToList();
        return open is [] ? found : found with { PullRequest = open[0], BaseRef = open[0].Base.Ref, OtherPullRequests = open[1..] };
    }
}
