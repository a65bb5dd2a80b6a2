namespace GateAction.GitHub.Api;

/// <summary>A run of a workflow.</summary>
internal sealed record WorkflowRun(long Id, string HeadSha, string? HeadBranch = null, string? Event = null, string? Status = null, string? Conclusion = null, int RunAttempt = 1);

internal sealed record WorkflowRunList(int TotalCount, IReadOnlyList<WorkflowRun> WorkflowRuns);

/// <summary>A zip that a run left behind.</summary>
internal sealed record Artifact(long Id, string Name, long SizeInBytes, bool Expired, string ArchiveDownloadUrl);

internal sealed record ArtifactList(int TotalCount, IReadOnlyList<Artifact> Artifacts);
