using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>The files that a change touches: of a pull request all of it, else what a push or a merge queue adds.</summary>
internal static class ChangedFiles
{
    /// <summary>
    /// Both names of a renamed file count. Null unless the list is known to be whole: no token, more than GitHub lists, a branch that was
    /// set back, a head that has moved on. An empty list says nothing either.
    /// </summary>
    public static async Task<IReadOnlyList<string>?> ReadAsync(GateEvent source, RepositoryApi? client, CancellationToken cancellation)
    {
        if (client is null || source is not { Ignored: null, Blocked: null })
            return null;
        try
        {
            var files = source switch
            {
                // The list is of the head as it is now. For an older one it would name other files than those that are judged.
                { PullRequest: { } pull } => pull.Head.Sha == source.Sha ? await OfPullRequestAsync(pull, client, cancellation) : null,
                { ComparedWith: { } earlier } => await BetweenAsync(earlier, source.Sha, client, cancellation),
                _ => null,
            };
            // Of an empty list 'when: changed' would conclude that the change concerns no gate, and let it through unmeasured.
            return files is { Count: > 0 } ? files : null;
        }
        catch (GitHubException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<string>?> OfPullRequestAsync(PullRequest pull, RepositoryApi client,
        CancellationToken cancellation)
    {
        var files = await client.PullRequests.FilesAsync(pull.Number, cancellation).ToListAsync(cancellation);
        return files.Count >= PullRequestsApi.MostFiles ? null : [.. files.SelectMany(file => Names(file.FileName, file.PreviousFileName))];
    }

    private static async Task<IReadOnlyList<string>?> BetweenAsync(string earlier, string later, RepositoryApi client,
        CancellationToken cancellation)
    {
        // Git's name for no commit: the branch is new.
        if (earlier.All(digit => digit == '0'))
            return null;
        var comparison = await client.CompareAsync(earlier, later, cancellation);
        // 'diverged' after a forced push, 'behind' after a branch was set back: what GitHub lists then is not what the push brought.
        return comparison is { Status: "ahead", Files: { Count: < RepositoryApi.MostCompared } files }
            ? [.. files.SelectMany(file => Names(file.FileName, file.PreviousFilename))]
            : null;
    }

    private static string[] Names(string name, string? previous) => previous is null ? [name] : [name, previous];
}
