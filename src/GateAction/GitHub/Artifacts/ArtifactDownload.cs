using GateAction.GitHub.Api;

namespace GateAction.GitHub.Artifacts;

/// <summary>Fetches what a run's report folder held.</summary>
internal sealed class ArtifactDownload(RepositoryApi client)
{
    private const string Evidence = "evidence.json";
    private const string Verdict = "verdict.json";

    /// <summary>Throws a <see cref="Core.Model.GateException"/> where the zip cannot be read or holds no evidence.</summary>
    public async Task<EvidenceFile> ReadAsync(Artifact artifact, long run, string sha, CancellationToken cancellation)
    {
        var what = $"the artifact '{artifact.Name}' of run {run}";
        await using var zip = await client.Actions.DownloadAsync(artifact.Id, cancellation);
        var (evidence, verdict) = ArtifactZip.Read(zip, Evidence, Verdict, what);
        return new(evidence, run, sha, what, verdict);
    }
}
