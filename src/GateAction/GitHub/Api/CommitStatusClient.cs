namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/commits/statuses</summary>
internal sealed class CommitStatusClient(Endpoints endpoints)
{
    /// <summary>Sets a status. Where an attempt's fate is unknown, the newest status of that context tells.</summary>
    public Task<CommitStatus> CreateAsync(string sha, NewCommitStatus status, CancellationToken cancellation) =>
        endpoints.SendAsync(
            ApiRequest.Post(endpoints.Path($"statuses/{sha}"), Permission.StatusesWrite, status, GitHubJson.Default.NewCommitStatus),
            GitHubJson.Default.CommitStatus,
            cancellation,
            token => FindAsync(sha, status, token));

    /// <summary>All statuses of a commit, newest first.</summary>
    public IAsyncEnumerable<CommitStatus> GetAllAsync(string sha, CancellationToken cancellation) =>
        endpoints.ListAsync(
            ApiRequest.Get(endpoints.Path($"commits/{sha}/statuses?per_page=100"), Permission.StatusesRead),
            GitHubJson.Default.ListCommitStatus,
            cancellation);

    /// <summary>The newest status of a context; null where there is none.</summary>
    public async Task<CommitStatus?> GetLatestAsync(string sha, string context, CancellationToken cancellation) =>
        await GetAllAsync(sha, cancellation).FirstOrDefaultAsync(status => status.Context == context, cancellation);

    private async Task<CommitStatus?> FindAsync(string sha, NewCommitStatus wanted, CancellationToken cancellation) =>
        await GetLatestAsync(sha, wanted.Context, cancellation) is { } latest
            && (latest.State, latest.Description, latest.TargetUrl) == (wanted.State, wanted.Description, wanted.TargetUrl)
            ? latest
            : null;
}
