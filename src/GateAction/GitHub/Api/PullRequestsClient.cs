namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/pulls/pulls</summary>
internal sealed class PullRequestsClient(Endpoints endpoints, RepositoryName repository)
{
    /// <summary>GitHub lists no more files of a pull request than this.</summary>
    public const int MostFiles = 3000;

    public Task<PullRequest> GetAsync(int number, CancellationToken cancellation) =>
        endpoints.SendAsync(ApiRequest.Get(endpoints.Path($"pulls/{number}"), Permission.PullRequestsRead), GitHubJson.Default.PullRequest, cancellation);

    public IAsyncEnumerable<PullRequestFile> FilesAsync(int number, CancellationToken cancellation) =>
        endpoints.ListAsync(
            ApiRequest.Get(endpoints.Path($"pulls/{number}/files?per_page=100"), Permission.PullRequestsRead),
            GitHubJson.Default.ListPullRequestFile,
            cancellation);

    /// <summary>The open pull requests from a branch, of this repository or of a fork's owner.</summary>
    public IAsyncEnumerable<PullRequest> GetAllForHeadAsync(string? owner, string branch, CancellationToken cancellation) =>
        endpoints.ListAsync(
            ApiRequest.Get(
                endpoints.Path($"pulls?state=open&per_page=100&head={Uri.EscapeDataString($"{owner ?? repository.Owner}:{branch}")}"),
                Permission.PullRequestsRead),
            GitHubJson.Default.ListPullRequest,
            cancellation);
}
