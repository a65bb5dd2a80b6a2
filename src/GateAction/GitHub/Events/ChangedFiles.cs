using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>The files a pull request changes.</summary>
internal static class ChangedFiles
{
    /// <summary>Both names of a renamed file count. Null where they are not known: no pull request, no token, or more than GitHub lists.</summary>
    public static async Task<IReadOnlyList<string>?> ReadAsync(GateEvent source, GitHubClient? client, CancellationToken cancellation)
    {
        if (source.PullRequest is not { } pull || client is null)
            return null;
        try
        {
            var files = await client.PullRequest.FilesAsync(pull.Number, cancellation).ToListAsync(cancellation);
            return files.Count >= PullRequestsClient.MostFiles
                ? null
                : [.. files.SelectMany(file => file.PreviousFilename is { } previous ? new[] { file.Filename, previous } : [file.Filename])];
        }
        catch (ApiException)
        {
            return null;
        }
    }
}
