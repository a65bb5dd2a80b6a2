using GateAction.Core.Model;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>
/// Events about a pull request: the head's tip is judged, not the merge commit that GITHUB_SHA names. Its number comes from the runner, all
/// else from GitHub.
/// </summary>
internal static class PullRequestEvent
{
    public static async Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        var number = source.PullRequestNumber ?? throw EventFields.Missing(EventField.PullRequest, source.Job.EventName);
        var found = await ReadAsync(source, number, cancellation);
        var fork = Fork(found.PullRequest);
        if (source.IsOfPullRequest && source.Job.Sha != found.Sha)
            found = found with { MergeSha = source.Job.Sha };
        return source.Job.EventName == "pull_request_target"
            ? found with { UntrustedBecause = fork }
            // GitHub treats Dependabot's runs like a fork's: the token may only read, and the repository's secrets are not there.
            : found with { ReadOnlyBecause = fork ?? (source.Job.Actor == "dependabot[bot]" ? "Dependabot started this run" : null) };
    }

    /// <summary>The pull request as GitHub has it now, judged at the commit that the run is about.</summary>
    public static async Task<GateEvent> ReadAsync(EventSource source, int number, CancellationToken cancellation)
    {
        var job = source.Job;
        var runHead = job.Fields[EventField.HeadSha];
        var known = new GateEvent(job.EventName, source.Action, runHead ?? job.Sha, job.Ref, job.HeadRef) { BaseRef = job.BaseRef };
        if (source.Client is not { } client)
            return known;
        try
        {
            var pull = await client.PullRequests.GetAsync(number, cancellation);
            var found = Of(source, pull);
            if (runHead is null || runHead == found.Sha || found.Ignored is not null)
                return await source.WithDefaultBranchAsync(found, cancellation);
            await CheckOlderHeadAsync(source, client, runHead, found, cancellation);
            return await source.WithDefaultBranchAsync(found with { Sha = runHead }, cancellation);
        }
        // Without the runner's own word on head and base it is not known which commit and which name a status would have.
        catch (GitHubException exception) when (runHead is null || job.BaseRef is null)
        {
            throw new GateException(Unknown($"pull request #{number} cannot be read", exception), ExitCode.NotPublished, exception);
        }
        catch (GitHubException exception)
        {
            return await source.WithDefaultBranchAsync(known
                with
            { Blocked = Unknown($"pull request #{number} cannot be read", exception) }, cancellation);
        }
    }

    /// <summary>Why the gate is blocked if GitHub does not tell which branch's manifest judges; the refusal names the right that is
    /// missing.</summary>
    public static string Unknown(string what, GitHubException exception) =>
        $"{what}, so it is not known which branch's manifest judges: "
        + $"{exception.Message}{(exception.IsTransient ? "; run this job again" : "")}";

    public static GateEvent Of(EventSource source, PullRequest pull) =>
        new(source.Job.EventName, source.Action, pull.Head.Sha, source.Job.Ref, pull.Head.Ref)
        {
            BaseRef = pull.Base.Ref,
            DefaultBranch = pull.Base.Repo?.DefaultBranch,
            PullRequest = pull,
            Ignored = pull.State == "open" ? null : $"pull request #{pull.Number} is {pull.State}",
        };

    public static string? Fork(PullRequest? pull) => pull is { IsFromFork: true } ? $"pull request #{pull.Number} comes from a fork" : null;

    /// <summary>
    /// The branch has moved on since the run was started, or GitHub tells of its new tip a little late. The commit that the run is
    /// about must then be a parent of the merge commit that the runner checked out: nobody else can say so.
    /// </summary>
    private static async Task CheckOlderHeadAsync(
        EventSource source, RepositoryApi client, string runHead, GateEvent found, CancellationToken cancellation)
    {
        if (!source.IsOfPullRequest || (await client.ParentsAsync(source.Job.Sha, cancellation)).Contains(runHead))
            return;
        throw new GateException(
            $"'{EventField.HeadSha.Input}' is '{runHead}', which is neither the tip of #{found.PullRequest!.Number} ({found.ShortSha}) "
            + "nor in the merge commit "
            + $"of this run (GITHUB_SHA): leave the input out",
            ExitCode.NotPublished);
    }
}
