namespace GateAction.GitHub.Api;

/// <summary>A zip that a run left behind.</summary>
internal sealed record Artifact(long Id, string Name, long SizeInBytes, bool Expired, string ArchiveDownloadUrl, ArtifactRun? WorkflowRun = null);

/// <summary>The run that left an artifact.</summary>
internal sealed record ArtifactRun(long? Id = null, string? HeadBranch = null, string? HeadSha = null, long? RepositoryId = null, long? HeadRepositoryId = null)
{
    /// <summary>True where the branch is a fork's, whatever it is called.</summary>
    public bool IsFromFork => RepositoryId is null || HeadRepositoryId != RepositoryId;
}

internal sealed record ArtifactList(int TotalCount, IReadOnlyList<Artifact> Artifacts);
