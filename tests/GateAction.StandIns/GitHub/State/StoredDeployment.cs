namespace GateAction.StandIns.GitHub.State;

internal sealed record StoredDeployment(long Id, string Sha, string Environment)
{
    /// <summary>Newest last.</summary>
    public List<(string State, string? EnvironmentUrl)> States { get; } = [];
}
