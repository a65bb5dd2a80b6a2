using System.Text.Json;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>A deployment or its new state: the commit that was deployed.</summary>
internal static class DeploymentEvent
{
    public static async Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        var deployment = source.Payload.At("deployment") ?? throw new JsonException("it has no 'deployment'");
        var sha = deployment.Text("sha") ?? throw new JsonException("its 'deployment' has no 'sha'");
        var deployed = source.On(sha, source.Job.Ref) with
        {
            Branch = EventSource.BranchOf(source.Job.Ref) ?? deployment.Text("ref"),
            Ignored = Unfinished(source.Payload.Text("deployment_status", "state")),
        };
        return deployed.Ignored is null ? await CommitPullRequests.AddAsync(deployed, source, cancellation) : deployed;
    }

    private static string? Unfinished(string? state) => state is "queued" or "pending" or "in_progress" or "waiting" or "inactive"
        ? $"the deployment is '{state}'; there is nothing to measure"
        : null;
}
