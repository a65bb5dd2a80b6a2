namespace GateAction.GitHub.Api;

/// <summary>A commit status as GitHub keeps it. <c>State</c> is <c>pending success failure error</c>.</summary>
internal sealed record CommitStatus(long Id, string State, string Context, string? Description = null, string? TargetUrl = null, User? Creator = null);

/// <summary>A commit status to set. The description holds at most 140 characters.</summary>
internal sealed record NewCommitStatus(string State, string Context, string Description, string? TargetUrl);
