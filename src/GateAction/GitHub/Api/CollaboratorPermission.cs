namespace GateAction.GitHub.Api;

/// <summary>What an account may do in a repository: <c>admin write read none</c>.</summary>
internal sealed record CollaboratorPermission(string Permission)
{
    public bool MayWrite => Permission is "admin" or "write";
}
