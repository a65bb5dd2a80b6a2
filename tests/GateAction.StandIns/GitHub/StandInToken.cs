namespace GateAction.StandIns.GitHub;

/// <summary>A token the stand-in accepts, with the account it writes as.</summary>
/// <param name="Permissions">Scope → <c>read</c> or <c>write</c>; null allows everything.</param>
internal sealed record StandInToken(string Value, string Login = "github-actions[bot]",
    IReadOnlyDictionary<string, string>? Permissions = null)
{
    private static readonly string[] Scopes = ["contents", "metadata", "pull-requests", "statuses", "checks", "actions", "deployments"];

    /// <summary>What GitHub gives a run on a pull request from a fork.</summary>
    public static StandInToken ReadOnly(string value) => new(value, Permissions: Scopes.ToDictionary(scope => scope, _ => "read"));

    public bool May(string scope, string level) =>
        Permissions is null || (Permissions.TryGetValue(scope, out var given) && (given == "write" || given == level));

    public StandInToken OnlyReading(string scope) =>
        this with { Permissions = Scopes.ToDictionary(other => other, other => other == scope ? "read" : "write") };

    public StandInToken Without(string scope) =>
        this with { Permissions = Scopes.Where(other => other != scope).ToDictionary(other => other, _ => "write") };
}
