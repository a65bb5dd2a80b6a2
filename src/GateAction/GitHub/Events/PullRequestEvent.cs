using System.Text.Json;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>Events about a pull request: the head's tip is judged, not the merge commit that GITHUB_SHA names.</summary>
internal static class PullRequestEvent
{
    public static Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        var pull = (source.Payload.At("pull_request")
            ?? throw new JsonException("it has no 'pull_request'")).Deserialize(GitHubJson.Default.PullRequest)!;
        var found = Of(source, pull);
        return Task.FromResult(source.Job.EventName == "pull_request_target"
            ? found with { UntrustedBecause = Fork(pull) }
            : found with
            {
                ReadOnlyBecause = Fork(pull)
            ?? (source.Job.Actor == "dependabot[bot]" ? "Dependabot started this run" : null)
            });
    }

    public static GateEvent Of(EventSource source, PullRequest pull) =>
        new(source.Job.EventName, source.Action, pull.Head.Sha, source.Job.Ref, pull.Head.Ref)
        {
            BaseRef = pull.Base.Ref,
            BaseSha = pull.Base.Sha,
            PullRequest = pull,
            Ignored = source.Action == "closed" ? $"pull request #{pull.Number} is closed" : null,
        };

    public static string? Fork(PullRequest? pull) => pull is { IsFromFork: true } ? $"pull request #{pull.Number} comes from a fork" : null;
}
