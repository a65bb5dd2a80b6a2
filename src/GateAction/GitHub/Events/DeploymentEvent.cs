namespace GateAction.GitHub.Events;

/// <summary>A deployment or its new state: the commit that was deployed, which GITHUB_SHA names; GITHUB_REF is empty if it was deployed by
/// its number.</summary>
internal static class DeploymentEvent
{
    public static async Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        if (Unfinished(source.Job.Fields[EventField.DeploymentState]) is { } unfinished)
            return source.OfJob() with { Ignored = unfinished };
        if (source.PullRequestNumber is not { } number)
            return await CommitPullRequests.AddAsync(source.OfJob(), source, cancellation);
        var found = await PullRequestEvent.ReadAsync(source, number, cancellation);
        return found is { Ignored: null, Blocked: null } && found.PullRequest is not null && found.Sha != source.Job.Sha
            ? found with { Blocked = Other(found, source.Job.Sha) }
            : found;
    }

    private static string Other(GateEvent found, string deployed) =>
        $"what was deployed is {deployed[..Math.Min(7, deployed.Length)]}, not {found.ShortSha}, the tip of #{found.PullRequest!.Number}: "
        + "deploy 'github.event.pull_request.head.sha', or run the gate on 'pull_request'";

    private static string? Unfinished(string? state) => state is "queued" or "pending" or "in_progress" or "waiting" or "inactive"
        ? $"the deployment is '{state}'; there is nothing to measure"
        : null;
}
