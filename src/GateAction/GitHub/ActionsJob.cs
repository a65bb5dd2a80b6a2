using System.Globalization;
using System.Text.RegularExpressions;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;

namespace GateAction.GitHub;

/// <summary>The workflow job that runs the gate, as its default variables tell
/// (https://docs.github.com/actions/reference/variables-reference).</summary>
/// <param name="Ref">As <c>refs/heads/main</c>, <c>refs/tags/v1</c> or <c>refs/pull/7/merge</c>.</param>
/// <param name="EventPath">The file that holds the event's payload.</param>
/// <param name="SummaryPath">The file that takes the step's summary; null if there is none.</param>
/// <param name="OutputPath">The file that takes the step's outputs; null if there is none.</param>
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
    /// <summary>What the runner tells of the event, beside the file that any step can rewrite.</summary>
    public EventFields Fields { get; init; } = EventFields.None;

    /// <summary>The branch that a pull request went to when the run was started; null for other events.</summary>
    public string? BaseRef { get; init; }

    /// <summary>The branch of a pull request; null for other events.</summary>
    public string? HeadRef { get; init; }

    /// <summary>Which job of the run this is.</summary>
    public JobPlace Place { get; init; } = new(null, null);

    /// <summary>The server's address without a slash at its end.</summary>
    public string Server => ServerUrl.ToString().TrimEnd('/');

    // GitHub answers an address without the attempt with the newest one: a status of attempt 1 would then lead to what attempt 2 said.
    public string RunUrl => $"{Server}/{Repository}/actions/runs/{RunId}/attempts/{RunAttempt}";

    /// <summary>The address by which a status says which job of which run set it.</summary>
    public string JobUrl => RunUrl + Place;

    /// <summary>The same in few characters.</summary>
    public string JobName => $"{RunId}/{RunAttempt}{Place}";

    /// <summary>The workflow's file name below <c>.github/workflows</c>; null if it is not known.</summary>
    public string? WorkflowFile => WorkflowRef?.Split('@')[0].Split('/')[^1];
}

/// <summary>Which job of a run, as the input <c>job</c> tells: its default is filled by the runner.</summary>
/// <param name="Key">As <c>gate/2</c>: its name in the workflow and its place in a matrix, the same in every attempt. Null if neither is
/// known.</param>
/// <param name="CheckRun">GitHub's number of the job's own check run, another one in every attempt; null on a server that does not tell
/// it.</param>
internal sealed partial record JobPlace(string? Key, long? CheckRun)
{
    /// <summary>Reads <c>NAME/INDEX/CHECK-RUN</c>, of which the last two may be empty or missing.</summary>
    public static JobPlace Parse(string? text)
    {
        if (Pattern().Match(text ?? "") is not { Success: true } match)
            return new(null, null);
        var check = match.Groups["check"].Value;
        return new(match.Groups["key"].Value.TrimEnd('/'), check.Length == 0 ? null : long.Parse(check, CultureInfo.InvariantCulture));
    }

    /// <summary>What an address ends with to say which job it is of.</summary>
    public override string ToString() => Key is null ? "" : CheckRun is { } check ? $"#{Key}!{check}" : $"#{Key}";

    // What the runner cannot fill it leaves empty: outside a matrix the index, on an older Enterprise Server the check run ("gate//",
    // "gate/0/").
    [GeneratedRegex(@"\A(?<key>[A-Za-z0-9_.-]{1,100}(?:/\d{0,9})?)(?:/(?<check>\d{0,18}))?\z")]
    private static partial Regex Pattern();
}
