using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>A push: the commit now at the branch's tip, and the open pull request it belongs to.</summary>
internal static class PushEvent
{
    public static async Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        if (source.Payload.IsTrue("deleted"))
            return source.OfJob() with { Ignored = $"'{source.Job.Ref}' was deleted" };
        var pushed = source.On(source.Payload.Text("after") ?? source.Job.Sha, source.Payload.Text("ref") ?? source.Job.Ref);
        return await CommitPullRequests.AddAsync(pushed, source, cancellation);
    }
}
