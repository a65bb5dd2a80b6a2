using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>What became of the comment.</summary>
internal enum CommentFate
{
    Created,
    Updated,

    /// <summary>It says that already.</summary>
    Unchanged,

    /// <summary>The mode does not ask for it.</summary>
    NotWanted,

    /// <summary>A newer run has already written; its word stands.</summary>
    NewerRun,
}

/// <summary>Where the gate's comment is, if anywhere, and what became of it.</summary>
internal sealed record CommentResult(CommentFate Fate, string? Url, CommentMarker? Newer = null);

/// <summary>
/// The gate's one comment on a pull request: found by its marker over all pages, among the comments of the token's own account (anybody can write
/// the marker), and edited in place.
/// </summary>
/// <param name="login">The account that the token writes as.</param>
internal sealed class StickyComment(GitHubClient client, int pullRequest, string login)
{
    public const int MostBytes = 65_536;

    public async Task<CommentResult> WriteAsync(
        CommentMarker marker, Func<string?, string> render, CommentMode mode, bool isProblem, CancellationToken cancellation)
    {
        var own = await FindAsync(marker.Gate, cancellation);
        if (own.Find(comment => comment.Marker.IsNewerThan(marker)) is { Marker: not null } newer)
            return new(CommentFate.NewerRun, newer.Comment.HtmlUrl, newer.Marker);
        var current = own is [] ? default : own[0];
        if (!IsWanted(mode, isProblem, current.Marker, marker))
            return new(CommentFate.NotWanted, current.Comment?.HtmlUrl);
        foreach (var (extra, _) in own.Skip(1))
            await client.Issue.Comment.DeleteAsync(extra.Id, cancellation);
        var body = $"{marker}\n{MarkdownLimit.Fit(render(current.Comment?.Body), MostBytes - marker.ToString().Length - 1)}";
        if (current.Comment is null)
            return await CreateAsync(body, cancellation);
        return current.Comment.Body?.ReplaceLineEndings("\n") == body
            ? new(CommentFate.Unchanged, current.Comment.HtmlUrl)
            : await UpdateAsync(current.Comment.Id, body, cancellation);
    }

    private static bool IsWanted(CommentMode mode, bool isProblem, CommentMarker? current, CommentMarker marker) => mode switch
    {
        CommentMode.Always => true,
        CommentMode.OnChange => current?.Digest != marker.Digest,
        CommentMode.OnProblem => isProblem || current is not null,
        _ => false,
    };

    private async Task<List<(IssueComment Comment, CommentMarker Marker)>> FindAsync(string gate, CancellationToken cancellation)
    {
        List<(IssueComment, CommentMarker)> own = [];
        await foreach (var comment in client.Issue.Comment.GetAllForIssueAsync(pullRequest, cancellation))
        {
            if (comment.User?.Login == login && CommentMarker.Read(comment.Body) is { } marker && marker.Gate == gate)
                own.Add((comment, marker));
        }
        return own;
    }

    private async Task<CommentResult> CreateAsync(string body, CancellationToken cancellation) =>
        new(CommentFate.Created, (await client.Issue.Comment.CreateAsync(pullRequest, body, cancellation)).HtmlUrl);

    private async Task<CommentResult> UpdateAsync(long id, string body, CancellationToken cancellation)
    {
        try
        {
            return new(CommentFate.Updated, (await client.Issue.Comment.UpdateAsync(id, body, cancellation)).HtmlUrl);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return await CreateAsync(body, cancellation);
        }
    }
}
