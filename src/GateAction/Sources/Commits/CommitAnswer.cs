namespace GateAction.Sources.Commits;

/// <summary>What GitHub knows of a commit.</summary>
/// <param name="Checks">Each name once, by its newest run; those of this gate's own run are left out.</param>
/// <param name="Deployment">The newest one to the environment asked for; null where there is none or none was asked for.</param>
internal sealed record CommitAnswer(IReadOnlyList<CommitCheck> Checks, CommitDeployment? Deployment);

/// <summary>A deployment of a commit.</summary>
/// <param name="State">GitHub's word: <c>success</c>, <c>failure</c>, <c>in_progress</c> …</param>
internal sealed record CommitDeployment(string State, string? Url, DateTimeOffset CreatedAt);
