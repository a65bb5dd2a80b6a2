using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.Manifests;

namespace GateAction.Commands;

/// <summary>Where the target of a manifest is, once the judged commit is deployed there.</summary>
internal static class DeployedTarget
{
    /// <summary>Outside a workflow there is no commit to wait for: the manifest's own target is measured as it is.</summary>
    public static async Task<Uri?> TargetAsync(JobContext job, Manifest manifest, CancellationToken cancellation)
    {
        if (manifest.Deployment is not { } deployment || job is not { Session: { } session, Event: { } source })
            return manifest.Target;
        var client = session.Client ?? throw new GateException(
            "the manifest waits for a deployment, which needs a token: leave the input 'github-token' out, or pass '${{ github.token }}'");
        await job.Shell.Error.WriteLineAsync(
            $"gate: waiting up to {UnitText.Duration(deployment.Wait)} for the deployment of {source.ShortSha} to "
            + $"'{deployment.Environment}'");
        return await new DeploymentWatch(client, job.Shell.Time).WaitAsync(source, deployment.Environment, deployment.Wait, cancellation)
            ?? manifest.Target;
    }
}
