namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/commits/commits</summary>
internal sealed class RepositoryCommitsClient(Endpoints endpoints)
{
    /// <summary>The pull requests that a commit belongs to, also those that are closed.</summary>
    public IAsyncEnumerable<PullRequest> PullsAsync(string sha, CancellationToken cancellation) =>
        endpoints.ListAsync(
            ApiRequest.Get(endpoints.Path($"commits/{sha}/pulls?per_page=100"), Permission.PullRequestsRead),
            GitHubJson.Default.ListPullRequest,
            cancellation);
}
