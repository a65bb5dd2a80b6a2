namespace GateAction.Sources.Commits;

/// <summary>What the <c>github</c> probe asks about one commit; who answers knows GitHub, the probe does not.</summary>
/// <param name="Sha">The commit in full.</param>
/// <param name="Environment">Whose deployment is asked for; null for none.</param>
internal sealed record CommitQuestion(string Sha, string? Environment);
