namespace GateAction.GitHub.Api;

/// <summary>An account; a workflow's own token is <c>github-actions[bot]</c>.</summary>
internal sealed record User(string Login, string? Type = null);
