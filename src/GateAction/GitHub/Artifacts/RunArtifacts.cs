using System.Globalization;
using System.Runtime.CompilerServices;
using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;

namespace GateAction.GitHub.Artifacts;

/// <summary>The evidence that other runs left as artifacts.</summary>
internal sealed class RunArtifacts(RepositoryApi client, ActionsJob job)
{
    /// <summary>The evidence of the run that a <c>workflow_run</c> follows. Throws a <see cref="GateException"/> if there is
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
    /// <returns>What was read, and if that is nothing the reason.</returns>
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
            // GitHub filters by the branch's name alone, and a fork's 'main' bears it too: anybody could leave the baseline.
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
        // Each attempt of a run leaves one. The newest has the highest number; in which order they are listed GitHub does not say.
        if (await artifacts.MaxByAsync(artifact => artifact.Id, cancellationToken: cancellation) is not { } found)
            return null;
        return await new ArtifactDownload(client).ReadAsync(found, run, sha, cancellation);
    }
}

/// <summary>An <c>evidence.json</c> as a run left it, with the run and its commit.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Verdict">The <c>verdict.json</c> beside it; null if there is none.</param>
internal sealed record EvidenceFile(byte[] Json, long RunId, string Sha, string Name, byte[]? Verdict = null);

/// <summary>An artifact as an input names it: <c>artifact</c>, <c>artifact:NAME</c>, and for several runs <c>artifact:NAME@5</c>.</summary>
/// <param name="Runs">How many runs are read.</param>
internal sealed record ArtifactName(string Name, int Runs)
{
    /// <summary>The artifact that workflows upload, of the folder of the same name.</summary>
    public const string Default = "gate-report";

    private const int MostRuns = 20;

    /// <summary>False if the text names a file instead.</summary>
    public static bool IsOne(string text) => text == "artifact" || text.StartsWith("artifact:", StringComparison.Ordinal)
        || text.StartsWith("artifact@", StringComparison.Ordinal);

    /// <summary>Null if the text names a file instead.</summary>
    public static ArtifactName? Read(string input, string text)
    {
        if (!IsOne(text))
            return null;
        var rest = text["artifact".Length..].TrimStart(':');
        var (name, runs) = rest.LastIndexOf('@') is >= 0 and var at ? (rest[..at], rest[(at + 1)..]) : (rest, "1");
        return int.TryParse(runs, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostRuns
            ? new(name.Length == 0 ? Default : name, count)
            : throw new GateException(
            $"'{input}' is '{text}'; after '@' a number of runs from 1 to {MostRuns} is accepted, as 'artifact:{Default}@5'");
    }
}

/// <summary>The evidence that a branch's runs left over time, whatever their verdicts.</summary>
internal sealed class BranchArtifacts(RepositoryApi client, string branch)
{
    /// <summary>How many artifacts of the name are looked at; most are of pull requests.</summary>
    private const int MostLookedAt = 1000;

    /// <summary>Newest first: a run's file, or why it cannot be read.</summary>
    public async IAsyncEnumerable<(EvidenceFile? File, string? Problem)> ReadAsync(string name, [EnumeratorCancellation]
        CancellationToken cancellation)
    {
        var download = new ArtifactDownload(client);
        var seen = new HashSet<long>();
        await foreach (var artifact in client.Actions.ArtifactsAsync(name, cancellation).Take(MostLookedAt))
        {
            if (artifact is not { Expired: false, WorkflowRun: { Id: { } run, HeadSha: { } sha } source } || source.HeadBranch != branch
                || source.IsFromFork || !seen.Add(run))
                continue;
            yield return await ReadAsync(download, artifact, run, sha, cancellation);
        }
    }

    private static async Task<(EvidenceFile? File, string? Problem)> ReadAsync(ArtifactDownload download, Artifact artifact, long run,
        string sha, CancellationToken cancellation)
    {
        try
        {
            return (await download.ReadAsync(artifact, run, sha, cancellation), null);
        }
        catch (GateException exception)
        {
            return (null, exception.Message);
        }
    }
}
