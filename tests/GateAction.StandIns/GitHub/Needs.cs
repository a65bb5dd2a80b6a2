namespace GateAction.StandIns.GitHub;

/// <summary>The permission that an endpoint asks of a token.</summary>
internal sealed record Needs(string Scope, string Level)
{
    public static Needs Read(string scope) => new(scope, "read");

    public static Needs Write(string scope) => new(scope, "write");
}
