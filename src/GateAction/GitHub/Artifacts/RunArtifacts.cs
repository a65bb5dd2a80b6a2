using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;

namespace GateAction.GitHub.Artifacts;

/// <summary>The evidence that other runs left as artifacts.</summary>
internal sealed class RunArtifacts(RepositoryApi client, ActionsJob job)
{
    /// <summary>The evidence of the run that a <c>workflow_run</c> follows. Throws a <see cref="GateException"/> where there is
    /// none.</summary>
    public async Task<EvidenceFile> ReadFollowedAsync(GateEvent source, ArtifactName name, CancellationToken cancellation)
    {
        var run = source.FollowedRun
            ?? throw new GateException(
            $"'evidence' names an artifact of the run that this one follows, but the event is '{source.Name}'; use it on 'workflow_run'");
        try
        {
            return await ReadAsync(run, source.Sha, name.Name, cancellation)
                ?? throw new GateException(
                $"run {run} left no artifact '{name.Name}': upload its report folder under that name (actions/upload-artifact)",
                ExitCode.Inconclusive);
        }
        catch (GitHubException exception)
        {
            throw new GateException($"the artifact '{name.Name}' of run {run} cannot be read: {exception.Message}", ExitCode.Inconclusive,
                exception);
        }
    }

    /// <summary>The evidence of a run; null if it left none that can be read.</summary>
    public async Task<EvidenceFile?> FindAsync(long run, string sha, ArtifactName name, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(run, sha, name.Name, cancellation);
        }
        catch (Exception exception) when (exception is GitHubException or GateException)
        {
            return null;
        }
    }

    /// <summary>The evidence of the last successful runs of this workflow on a branch, newest first.</summary>
    /// <param name="read">Null for evidence that is not about the branch; the next run is looked at then.</param>
    /// <returns>What was read, and where that is nothing the reason.</returns>
    public async Task<(IReadOnlyList<T> Found, string? Missing)> ReadBaselineAsync<T>(
        string branch, ArtifactName name, Func<EvidenceFile, T?> read, CancellationToken cancellation)
        where T : class
    {
        if (job.WorkflowFile is not { } workflow)
            return ([], "this job does not say which workflow it belongs to (GITHUB_WORKFLOW_REF)");
        try
        {
            var runs = await client.Actions.SuccessfulRunsAsync(workflow, branch, count: 20, cancellation);
            var found = new List<T>();
            foreach (var run in runs.Where(run => run.Id != job.RunId && !run.IsFromFork))
            {
                if (found.Count < name.Runs && await ReadAsync(run.Id, run.HeadSha, name.Name, cancellation) is { } file
                    && read(file) is { } one)
                    found.Add(one);
            }
            return (found, found.Count > 0 ? null : Missing(workflow, branch, name.Name, runs.Count));
        }
        catch (Exception exception) when (exception is GitHubException or GateException)
        {
            return ([], exception.Message);
        }
    }

    private static string Missing(string workflow, string branch, string name, int runs) => runs == 0
        ? $"the workflow '{workflow}' has no successful run on '{branch}' yet"
        : $"none of the last {runs} successful runs of '{workflow}' on '{branch}' holds an artifact '{name}' with a whole "
        + "measurement of this gate";

    private async Task<EvidenceFile?> ReadAsync(long run, string sha, string name, CancellationToken cancellation)
    {
        var artifacts = client.Actions.ArtifactsAsync(run, cancellation).Where(artifact => artifact.Name == name && !artifact.Expired);
        if (await artifacts.LastOrDefaultAsync(cancellation) is not { } found)
            return null;
        return await new ArtifactDownload(client).ReadAsync(found, run, sha, cancellation);
    }
}
