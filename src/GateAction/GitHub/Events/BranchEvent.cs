namespace GateAction.GitHub.Events;

/// <summary>Events that name no commit of their own (<c>workflow_dispatch</c>, <c>schedule</c> …): the one the job runs on.</summary>
internal static class BranchEvent
{
    public static Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation) =>
        CommitPullRequests.AddAsync(source.OfJob(), source, cancellation);
}
