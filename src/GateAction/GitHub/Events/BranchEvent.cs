namespace GateAction.GitHub.Events;

/// <summary>
/// Events that name no commit of their own (<c>workflow_dispatch</c>, <c>schedule</c> …): the one the job runs on, or the pull request that
/// the workflow names.
/// </summary>
internal static class BranchEvent
{
    public static Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation) => source.PullRequestNumber is { } number
        ? PullRequestEvent.ReadAsync(source, number, cancellation)
        : CommitPullRequests.AddAsync(source.OfJob(), source, cancellation);
}

/// <summary>A push: the commit now at the branch's tip, and the open pull request it belongs to.</summary>
internal static class PushEvent
{
    public static Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation) =>
        source.Job.Fields[EventField.Deleted] == "true" || source.Job.Sha.All(digit => digit == '0')
            ? Task.FromResult(source.OfJob() with { Ignored = $"'{source.Job.Ref}' was deleted" })
            : CommitPullRequests.AddAsync(source.OfJob() with { ComparedWith = source.Job.Fields[EventField.Before] }, source,
            cancellation);
}

/// <summary>
/// A check or a status of a commit, by another app: the open pull request with that commit at its tip. Their jobs run on the default
/// branch, so without a pull request there is nothing to say.
/// </summary>
internal static class ReportedEvent
{
    public static Func<EventSource, CancellationToken, Task<GateEvent>> ReadAsync(EventField field) => async (source, cancellation) =>
    {
        var reported = new GateEvent(source.Job.EventName, source.Action, source.Job.Fields.Needed(field, source.Job.EventName),
            source.Job.Ref, null);
        var found = await CommitPullRequests.AddAsync(reported, source, cancellation);
        return found is { PullRequest: null, Blocked: null }
            ? found with { Ignored = $"no open pull request has {found.ShortSha} at its tip" }
            : found;
    };
}
