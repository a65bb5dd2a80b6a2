using System.Text.Json;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>What an event is read from: the job, the payload and, where a token is there, GitHub.</summary>
internal sealed record EventSource(ActionsJob Job, JsonElement Payload, RepositoryApi? Client)
{
    public string? Action => Payload.Text("action");

    /// <summary>An event about the commit that the job runs on.</summary>
    public GateEvent OfJob() => On(Job.Sha, Job.Ref);

    public GateEvent On(string sha, string fullRef) => new(Job.EventName, Action, sha, fullRef, BranchOf(fullRef));

    public static string? BranchOf(string fullRef) =>
        fullRef.StartsWith("refs/heads/", StringComparison.Ordinal) ? fullRef["refs/heads/".Length..] : null;
}
