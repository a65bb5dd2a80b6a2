namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/repos/contents</summary>
internal sealed class RepositoryContentsClient(Endpoints endpoints)
{
    /// <summary>The entry at a path and commit; null where there is none. A folder has the type <c>dir</c> and no content.</summary>
    public async Task<RepositoryContent?> GetAllContentsByRefAsync(string path, string sha, CancellationToken cancellation)
    {
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        var request = ApiRequest.Get(endpoints.Path($"contents/{escaped}?ref={Uri.EscapeDataString(sha)}"), Permission.ContentsRead) with
        {
            MediaType = "application/vnd.github.object+json",
        };
        try
        {
            return await endpoints.SendAsync(request, GitHubJson.Default.RepositoryContent, cancellation);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }
}
