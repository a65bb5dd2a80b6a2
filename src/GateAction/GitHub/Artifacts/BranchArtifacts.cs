using System.Runtime.CompilerServices;
using GateAction.Core.Model;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Artifacts;

/// <summary>The evidence that a branch's runs left over time, whatever they came to.</summary>
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
