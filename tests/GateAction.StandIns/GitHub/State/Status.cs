namespace GateAction.StandIns.GitHub.State;

internal sealed record Status(long Id, string Sha, string State, string Context, string? Description, string? TargetUrl, string Creator,
    DateTimeOffset CreatedAt);
