using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>The files a pull request changes.</summary>
internal static class ChangedFiles
{
    /// <summary>Both names of a renamed file count. Null where they are not known: no pull request, no token, or more than GitHub
    /// lists.</summary>
    public static async Task<IReadOnlyList<string>?> ReadAsync(GateEvent source, RepositoryApi? client, CancellationToken cancellation)
    {
        if (source.PullRequest is not { } pull || client is null)
            return null;
        try
        {
            var files = await client.PullRequests.FilesAsync(pull.Number, cancellation).ToListAsync(cancellation);
            return files.Count >= PullRequestsApi.MostFiles
                ? null
                : [.. files.SelectMany(file => file.PreviousFileName is { } previous
                ? new[] { file.FileName, previous }
                : [file.FileName])];
        }
        catch (GitHubException)
        {
            return null;
        }
    }
}
