using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>Finds the open pull request whose tip is an event's commit, for events that name none.</summary>
internal static class CommitPullRequests
{
    /// <summary>Without a token, or where GitHub does not tell, there is none: the status does not need it.</summary>
    public static async Task<GateEvent> AddAsync(GateEvent found, EventSource source, CancellationToken cancellation)
    {
        if (source.Client is not { } client)
            return found;
        try
        {
            return Among(found, await client.PullRequests.OfCommitAsync(found.Sha, cancellation).ToListAsync(cancellation));
        }
        catch (GitHubException)
        {
            return found;
        }
    }

    /// <summary>The oldest open pull request with the commit at its tip gets the comment; the others are named.</summary>
    public static GateEvent Among(GateEvent found, IEnumerable<PullRequest> pulls)
    {
        var open = pulls.Where(pull => pull.State == "open" && pull.Head.Sha == found.Sha).OrderBy(pull => pull.Number).ToList();
        return open is []
            ? found
            : found with
            {
                PullRequest = open[0],
                BaseRef = open[0].Base.Ref,
                BaseSha = open[0].Base.Sha,
                OtherPullRequests = [.. open.Skip(1).Select(pull => pull.Number)],
            };
    }
}
