using System.Text.Json;
using System.Text.RegularExpressions;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>How the commit and the pull request of one kind of event are found.</summary>
internal sealed record EventKind(string Name, Func<EventSource, CancellationToken, Task<GateEvent>> ReadAsync);

/// <summary>The events the gate knows; any other is about the commit that its job runs on.</summary>
internal static class EventKinds
{
    public static readonly IReadOnlyList<EventKind> All =
    [
        new("pull_request", PullRequestEvent.ReadAsync),
        new("pull_request_target", PullRequestEvent.ReadAsync),
        new("pull_request_review", PullRequestEvent.ReadAsync),
        new("pull_request_review_comment", PullRequestEvent.ReadAsync),
        new("push", PushEvent.ReadAsync),
        new("merge_group", MergeGroupEvent.ReadAsync),
        new("workflow_run", WorkflowRunEvent.ReadAsync),
        new("deployment", DeploymentEvent.ReadAsync),
        new("deployment_status", DeploymentEvent.ReadAsync),
        new("check_run", ReportedEvent.ReadAsync(EventField.CheckRunSha)),
        new("check_suite", ReportedEvent.ReadAsync(EventField.CheckSuiteSha)),
        new("status", ReportedEvent.ReadAsync(EventField.StatusSha)),
        new("issue_comment", IssueCommentEvent.ReadAsync),
        new("workflow_dispatch", BranchEvent.ReadAsync),
        new("repository_dispatch", BranchEvent.ReadAsync),
        new("schedule", BranchEvent.ReadAsync),
    ];

    /// <summary>In bytes; GitHub sends none above 25 MB.</summary>
    private const int LongestPayload = 32 * 1024 * 1024;

    /// <summary>Reads the event that started the job. Throws a <see cref="GateException"/> for a payload that is no JSON and for a field
    /// that is missing.</summary>
    public static async Task<GateEvent> ReadAsync(ActionsJob job, RepositoryApi? client, CancellationToken cancellation)
    {
        var read = All.FirstOrDefault(kind => kind.Name == job.EventName)?.ReadAsync ?? BranchEvent.ReadAsync;
        using var payload = Parse(job);
        var source = new EventSource(job, payload.RootElement, client);
        var found = await read(source, cancellation);
        return found is { Blocked: null, Ignored: null } && EventFile.Contradiction(source, found) is { } reason
            ? found with { Blocked = reason }
            : found;
    }

    private static JsonDocument Parse(ActionsJob job)
    {
        if (job.EventPath is null)
            return JsonDocument.Parse("{}");
        try
        {
            return JsonDocument.Parse(RegularFile.ReadAllBytes(job.EventPath, LongestPayload));
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new GateException(
                $"the payload of the event '{job.EventName}' cannot be read from '{job.EventPath}' (GITHUB_EVENT_PATH): "
                + $"{exception.Message}",
                innerException: exception);
        }
    }
}

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
        $"what was deployed is {RunIdentity.Short(deployed)}, not {found.ShortSha}, the tip of #{found.PullRequest!.Number}: "
        + "deploy 'github.event.pull_request.head.sha', or run the gate on 'pull_request'";

    private static string? Unfinished(string? state) => state is "queued" or "pending" or "in_progress" or "waiting" or "inactive"
        ? $"the deployment is '{state}'; there is nothing to measure"
        : null;
}

/// <summary>
/// A merge queue tries a group of changes: the commit it would merge, judged by the manifest at the tip of the branch that it goes into. It
/// gets no comment.
/// </summary>
internal static partial class MergeGroupEvent
{
    public static async Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        // The ref comes from GitHub and cannot be set by a step; the input only must not say otherwise.
        var ofRef = QueueRef().Match(source.Job.Ref) is { Success: true } match ? match.Groups["base"].Value : null;
        var passed = source.Job.Fields[EventField.QueueBase] is { } fullRef ? EventSource.BranchOf(fullRef) ?? fullRef : null;
        if ((ofRef ?? passed) is not { } baseRef)
            throw EventFields.Missing(EventField.QueueBase, source.Job.EventName);
        if (passed is not null && passed != baseRef)
            throw new GateException(
                $"'{EventField.QueueBase.Input}' is '{passed}', but this queue is for '{baseRef}' (GITHUB_REF is '{source.Job.Ref}')");
        var group = source.OfJob() with
        {
            BaseRef = baseRef,
            ComparedWith = source.Job.Fields[EventField.QueueBaseSha],
            Ignored = source.Action == "destroyed" ? "the merge queue gave this group up" : null,
        };
        return await source.WithDefaultBranchAsync(group, cancellation);
    }

    [GeneratedRegex(@"\Arefs/heads/gh-readonly-queue/(?<base>.+)/pr-\d+(-[0-9a-f]+)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex QueueRef();
}

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
        // Else a status of any commit at all would be judged, also on branches that nobody wants to merge.
        return found is { PullRequest: null, Blocked: null }
            ? found with { Ignored = $"no open pull request has {found.ShortSha} at its tip" }
            : found;
    };
}

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
            // Always the same one, whichever event comes: two runs that chose differently would speak under each other's names.
            .OrderBy(pull => pull.Base.Ref == found.DefaultBranch ? 0 : 1)
            .ThenBy(pull => pull.Number)
            .ToList();
        return open is [] ? found : found with { PullRequest = open[0], BaseRef = open[0].Base.Ref, OtherPullRequests = open[1..] };
    }
}
