namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/issues/comments</summary>
internal sealed class IssueCommentsClient(Endpoints endpoints)
{
    /// <summary>All comments, oldest first.</summary>
    public IAsyncEnumerable<IssueComment> GetAllForIssueAsync(int number, CancellationToken cancellation) =>
        endpoints.ListAsync(
            ApiRequest.Get(endpoints.Path($"issues/{number}/comments?per_page=100"), Permission.CommentsRead),
            GitHubJson.Default.ListIssueComment,
            cancellation);

    /// <summary>Writes a new comment. Where an attempt's fate is unknown, a comment with the very same text tells.</summary>
    public Task<IssueComment> CreateAsync(int number, string body, CancellationToken cancellation) =>
        endpoints.SendAsync(
            ApiRequest.Post(endpoints.Path($"issues/{number}/comments"), Permission.CommentsWrite, new(body), GitHubJson.Default.NewIssueComment),
            GitHubJson.Default.IssueComment,
            cancellation,
            async token => await GetAllForIssueAsync(number, token).FirstOrDefaultAsync(comment => comment.Body == body, token));

    public Task<IssueComment> UpdateAsync(long id, string body, CancellationToken cancellation) =>
        endpoints.SendAsync(
            ApiRequest.Patch(endpoints.Path($"issues/comments/{id}"), Permission.CommentsWrite, new(body), GitHubJson.Default.NewIssueComment),
            GitHubJson.Default.IssueComment,
            cancellation);

    public Task DeleteAsync(long id, CancellationToken cancellation) =>
        endpoints.SendAsync(ApiRequest.Delete(endpoints.Path($"issues/comments/{id}"), Permission.CommentsWrite), cancellation);
}
