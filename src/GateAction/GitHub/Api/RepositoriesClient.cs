namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/repos and what Octokit keeps under it.</summary>
internal sealed class RepositoriesClient(Endpoints endpoints)
{
    public CommitStatusClient Status { get; } = new(endpoints);

    public RepositoryContentsClient Content { get; } = new(endpoints);

    public RepositoryCommitsClient Commit { get; } = new(endpoints);

    public RepositoryBranchesClient Branch { get; } = new(endpoints);

    public DeploymentsClient Deployment { get; } = new(endpoints);

    public RepoCollaboratorsClient Collaborator { get; } = new(endpoints);

    public RepositoryRulesetsClient Ruleset { get; } = new(endpoints);

    public Task<RepositoryInfo> GetAsync(CancellationToken cancellation) =>
        endpoints.SendAsync(ApiRequest.Get(endpoints.Path("").TrimEnd('/'), Permission.MetadataRead), GitHubJson.Default.RepositoryInfo, cancellation);
}
