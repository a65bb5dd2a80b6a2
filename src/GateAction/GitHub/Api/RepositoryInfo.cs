namespace GateAction.GitHub.Api;

/// <summary>A repository as far as the gate needs it.</summary>
internal sealed record RepositoryInfo(string FullName, string DefaultBranch);
