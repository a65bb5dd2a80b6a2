using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;

namespace GateAction.GitHub;

/// <summary>
/// Waits until a commit is deployed: the newest deployment of exactly that commit to the environment. Anything else on staging would be
/// measured under the wrong name, so every other end is a sentence and no measurement.
/// </summary>
internal sealed class DeploymentWatch(RepositoryApi client, TimeProvider time)
{
    // A workflow's token has 1,000 requests an hour in a repository; two for each look at this pace are 720.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>The deployment's URL; null if it names none. Throws a <see cref="GateException"/> if the commit is not deployed in
    /// time.</summary>
    public async Task<Uri?> WaitAsync(GateEvent source, string environment, TimeSpan limit, CancellationToken cancellation)
    {
        var what = $"the deployment of {source.ShortSha} to '{environment}'";
        try
        {
            for (var start = time.GetTimestamp(); ; await Task.Delay(Pause, time, cancellation))
            {
                var state = await MeasureOnceAsync(source.Sha, environment, cancellation);
                if (state?.State == "success")
                    return AddressOf(state, what);
                // None of them becomes a success any more: GitHub sets 'inactive' on what a later deployment took the place of.
                if (state?.State is "failure" or "error" or "inactive")
                    throw Undeployed($"{what} {Ended(state.State)}{Said(state)}");
                if (time.GetElapsedTime(start) + Pause > limit)
                    throw Undeployed(
                        $"{what} did not succeed within {UnitText.Duration(limit)}: "
                        + (state is null ? await NoneAsync(source, environment, cancellation) : $"it is '{state.State}'"));
            }
        }
        catch (GitHubException exception)
        {
            throw new GateException($"{what} cannot be seen: {exception.Message}", ExitCode.Inconclusive, exception);
        }
    }

    private async Task<string> NoneAsync(GateEvent source, string environment, CancellationToken cancellation) =>
        source.MergeSha is { } merge && await MeasureOnceAsync(merge, environment, cancellation) is not null
            ? $"there is one of {RunIdentity.Short(merge)}, the commit that merges the pull request: check out and deploy "
            + "'${{ github.event.pull_request.head.sha }}'"
            : "there is none";

    private async Task<DeploymentStatus?> MeasureOnceAsync(string sha, string environment, CancellationToken cancellation)
    {
        var newest = await client.Deployments.ListAsync(sha, environment, cancellation).FirstOrDefaultAsync(cancellation);
        if (newest is null)
            return null;
        return await client.Deployments.StatusesAsync(newest.Id, cancellation).FirstOrDefaultAsync(cancellation)
            // A deployment without a status has been asked for, and nobody has begun it.
            ?? new DeploymentStatus("pending");
    }

    private static Uri? AddressOf(DeploymentStatus state, string what) =>
        string.IsNullOrWhiteSpace(state.EnvironmentUrl) ? null
        : Uri.TryCreate(state.EnvironmentUrl, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address
        : throw Undeployed($"{what} names the URL '{state.EnvironmentUrl}'; it must be one such as 'https://staging.example.com'");

    private static string Ended(string state) =>
        state == "inactive" ? "is inactive: another one has taken its place" : $"ended in '{state}'";

    private static string Said(DeploymentStatus state) => string.IsNullOrWhiteSpace(state.Description) ? "" : $": {state.Description}";

    private static GateException Undeployed(string message) => new($"{message}; nothing was measured", ExitCode.Inconclusive);
}
