namespace GateAction.StandIns.GitHub.State;

/// <summary>The required statuses of a protected branch, each with its expected source.</summary>
internal sealed record Protection(bool Strict, List<(string Context, long? AppId)> Checks);
