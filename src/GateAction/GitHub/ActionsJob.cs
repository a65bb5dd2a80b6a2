using GateAction.GitHub.Api;

namespace GateAction.GitHub;

/// <summary>The workflow job that runs the gate, as its default variables tell
/// (https://docs.github.com/actions/reference/variables-reference).</summary>
/// <param name="Ref">As <c>refs/heads/main</c>, <c>refs/tags/v1</c> or <c>refs/pull/7/merge</c>.</param>
/// <param name="EventPath">The file that holds the event's payload.</param>
/// <param name="SummaryPath">The file that takes the step's summary; null where there is none.</param>
/// <param name="OutputPath">The file that takes the step's outputs; null where there is none.</param>
/// <param name="Workspace">The folder of the checkout.</param>
internal sealed record ActionsJob(
    Uri ApiUrl,
    Uri ServerUrl,
    RepositoryName Repository,
    string EventName,
    string? EventPath,
    string Sha,
    string Ref,
    string Actor,
    long RunId,
    int RunAttempt,
    string? WorkflowRef,
    string? SummaryPath,
    string? OutputPath,
    string Workspace)
{
    public string RunUrl => $"{ServerUrl.ToString().TrimEnd('/')}/{Repository}/actions/runs/{RunId}/attempts/{RunAttempt}";

    /// <summary>The workflow's file name below <c>.github/workflows</c>; null where it is not known.</summary>
    public string? WorkflowFile => WorkflowRef?.Split('@')[0].Split('/')[^1];
}
