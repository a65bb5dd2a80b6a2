using System.Globalization;
using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.GitHub.Events;

/// <summary>
/// One field of the event that the runner itself passes, as the default of an input of the action. The event's file lies where every
/// earlier step of the job can rewrite it; what the runner passes does not.
/// </summary>
/// <param name="Input">The input of the action.</param>
/// <param name="Path">The field, as it is written behind <c>github.event.</c> in the input's default.</param>
/// <param name="Says">What it is.</param>
internal sealed record EventField(string Input, string Path, string Says)
{
    public static readonly EventField Action = new("event-action", "action", "what happened");
    public static readonly EventField PullRequest = new("event-pull-request", "pull_request.number", "the number of the pull request");
    public static readonly EventField HeadSha = new("event-head-sha", "pull_request.head.sha", "the tip of the pull request's branch");
    public static readonly EventField Issue =
        new("event-issue", "issue.number", "the number of the issue or pull request that was commented on");
    public static readonly EventField Comment = new("event-comment", "comment.id", "the comment");
    public static readonly EventField Before = new("event-before", "before", "the branch's tip before a push");
    public static readonly EventField Deleted = new("event-deleted", "deleted", "whether the branch was deleted");
    public static readonly EventField QueueBase = new("event-queue-base", "merge_group.base_ref", "the branch that a merge queue is for");
    public static readonly EventField QueueBaseSha =
        new("event-queue-base-sha", "merge_group.base_sha", "the commit that a merge group builds on");
    public static readonly EventField Run = new("event-run", "workflow_run.id", "the workflow run that ended");
    public static readonly EventField RunSha = new("event-run-sha", "workflow_run.head_sha", "the commit of that run");
    public static readonly EventField RunBranch = new("event-run-branch", "workflow_run.head_branch", "the branch of that run");
    public static readonly EventField RunRepository =
        new("event-run-repository", "workflow_run.head_repository.full_name", "the repository of that branch, which may be a fork");
    public static readonly EventField RunEvent = new("event-run-event", "workflow_run.event", "the event that started that run");
    public static readonly EventField DeploymentState =
        new("event-deployment-state", "deployment_status.state", "the state of a deployment");
    public static readonly EventField CheckRunSha = new("event-check-run-sha", "check_run.head_sha", "the commit of a check run");
    public static readonly EventField CheckSuiteSha = new("event-check-suite-sha", "check_suite.head_sha", "the commit of a check suite");
    public static readonly EventField StatusSha = new("event-status-sha", "sha", "the commit of a status");

    public static readonly IReadOnlyList<EventField> All =
    [
        Action, PullRequest, HeadSha, Issue, Comment, Before, Deleted, QueueBase, QueueBaseSha, Run, RunSha, RunBranch, RunRepository,
        RunEvent,
        DeploymentState, CheckRunSha, CheckSuiteSha, StatusSha,
    ];

    /// <summary>What <c>action.yml</c> gives as the input's default.</summary>
    public string Default => $"${{{{ github.event.{Path} }}}}";

    /// <summary>The field in a payload, as the runner writes it into an input; null if it is not there.</summary>
    public string? In(JsonElement payload) => payload.At(Path.Split('.')) switch
    {
        { ValueKind: JsonValueKind.String } text => text.TextAt(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } plain => plain.GetRawText(),
        _ => null,
    };
}

/// <summary>The fields of this run's event that the runner passed.</summary>
/// <param name="input">An input by its name; null if it is empty or not given.</param>
internal sealed class EventFields(Func<string, string?> input)
{
    public static readonly EventFields None = new(_ => null);

    public string? this[EventField field] => input(field.Input);

    /// <summary>Throws a <see cref="GateException"/> for text that is no number.</summary>
    public long? Whole(EventField field) => this[field] is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new GateException(
        $"'{field.Input}' is '{text}'; a number above zero is accepted. Leave it out: the runner fills it ('{field.Default}')");

    /// <summary>Throws a <see cref="GateException"/> if the runner did not pass it.</summary>
    public string Needed(EventField field, string eventName) => this[field] ?? throw Missing(field, eventName);

    public static GateException Missing(EventField field, string eventName) => new(
        $"what the event '{eventName}' is about stands in its file only, which every earlier step of the job can rewrite: "
        + $"pass it as the action does, by the environment variable 'INPUT_{field.Input.ToUpperInvariant()}: {field.Default}' of the "
        + "gate's own step");
}

/// <summary>Holds the event's file against what the runner and GitHub say.</summary>
internal static class EventFile
{
    /// <summary>One sentence if the file says otherwise; null if it agrees as far as it tells.</summary>
    public static string? Contradiction(EventSource source, GateEvent found)
    {
        var (job, payload) = (source.Job, source.Payload);
        foreach (var field in EventField.All)
        {
            // What the file lacks is no contradiction: nothing rests on it.
            if (job.Fields[field] is { } passed && field.In(payload) is { } written && written != passed)
                return Sentence(field.Path, written, passed, "the runner");
        }
        if (payload.TextAt("repository", "full_name") is { } repository
            // GitHub keeps the case of a name as it was given and compares without it.
            && !repository.Equals(job.Repository.ToString(), StringComparison.OrdinalIgnoreCase))
            return Sentence("repository.full_name", repository, job.Repository.ToString(), "GITHUB_REPOSITORY");
        if (job.BaseRef is { } baseRef && payload.TextAt("pull_request", "base", "ref") is { } writtenBase && writtenBase != baseRef)
            return Sentence("pull_request.base.ref", writtenBase, baseRef, "GITHUB_BASE_REF");
        if (found.PullRequest is { } pull && payload.IntAt("pull_request", "number") is { } number && number != pull.Number)
            return Sentence("pull_request.number", $"{number}", $"{pull.Number}", "GITHUB_REF");
        if (found.PullRequest is not null && payload.TextAt("pull_request", "head", "sha") is { } head && head != found.Sha)
            return $"{Sentence("pull_request.head.sha", head, found.Sha, "GitHub")}, or the branch has moved on and its own run judges it";
        return null;
    }

    private static string Sentence(string path, string written, string told, string who) =>
        $"the event's file (GITHUB_EVENT_PATH) says that {path} is '{Short(written)}', {who} says '{Short(told)}': a step of this job has "
        + "rewritten the file";

    private static string Short(string text) => text.Length <= 60 ? text : text[..59] + "…";
}
