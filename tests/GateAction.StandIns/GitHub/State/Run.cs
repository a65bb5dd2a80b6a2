namespace GateAction.StandIns.GitHub.State;

/// <param name="Conclusion">Null while it is in progress.</param>
internal sealed record Run(long Id, string Workflow, string Branch, string Sha, string Event, string? Conclusion, string? Fork = null,
    int Attempt = 1);

internal sealed record StoredArtifact(long Id, long RunId, string Name, byte[] Zip, bool IsExpired = false);
