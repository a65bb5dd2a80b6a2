namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/collaborators/collaborators</summary>
internal sealed class RepoCollaboratorsClient(Endpoints endpoints)
{
    public Task<CollaboratorPermission> ReviewPermissionAsync(string login, CancellationToken cancellation) =>
        endpoints.SendAsync(
            ApiRequest.Get(endpoints.Path($"collaborators/{Uri.EscapeDataString(login)}/permission"), Permission.MetadataRead),
            GitHubJson.Default.CollaboratorPermission,
            cancellation);
}
