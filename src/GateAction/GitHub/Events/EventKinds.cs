using System.Text.Json;
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
