namespace GateAction.GitHub.Artifacts;

/// <summary>An <c>evidence.json</c> as a run left it, with the run and its commit.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Verdict">The <c>verdict.json</c> beside it; null where there is none.</param>
internal sealed record EvidenceFile(byte[] Json, long RunId, string Sha, string Name, byte[]? Verdict = null);
