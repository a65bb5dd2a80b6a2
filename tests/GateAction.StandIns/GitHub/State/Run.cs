namespace GateAction.StandIns.GitHub.State;

internal sealed record Run(long Id, string Workflow, string Branch, string Sha, string Event, string Conclusion, string? Fork = null);

internal sealed record StoredArtifact(long Id, long RunId, string Name, byte[] Zip, bool IsExpired = false);
