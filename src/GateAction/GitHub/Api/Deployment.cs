namespace GateAction.GitHub.Api;

/// <summary>A deployment of a commit to an environment.</summary>
internal sealed record Deployment(long Id, string Sha, string Environment, DateTimeOffset CreatedAt);

/// <summary>A state of a deployment: <c>error failure inactive in_progress queued pending success</c>.</summary>
internal sealed record DeploymentStatus(long Id, string State, string? EnvironmentUrl = null, string? Description = null);
