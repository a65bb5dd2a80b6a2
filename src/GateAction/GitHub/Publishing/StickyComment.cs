using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>
/// The gate's one comment on a pull request: found by its marker over all pages, among the comments of the token's own account (anybody can
/// write the marker), and edited in place.
/// </summary>
/// <param name="login">The account that the token writes as.</param>
internal sealed class StickyComment(RepositoryApi client, int pullRequest, string login)
{
    public const int MostBytes = 65_536;

    /// <param name="own">What <see cref="FindAsync"/> found.</param>
    /// <param name="order">If it is not known, the run with the higher number is taken for the later one.</param>
    public async Task<CommentResult> WriteAsync(
        List<OwnComment> own, NewerRun order, CommentMarker marker, GateReport report, GateTarget target, CancellationToken cancellation)
    {
        if (!order.IsOrdered && own.Find(found => found.Marker.IsNewerThan(marker)) is { } newer)
            return new(CommentFate.NewerRun, newer.Comment.HtmlUrl);
        var current = own.FirstOrDefault();
        if (!IsWanted(target.Comment, report.IsProblem, current?.Marker, marker))
            return new(CommentFate.NotWanted, current?.Comment.HtmlUrl);
        foreach (var extra in own.Skip(1))
            await client.Comments.DeleteAsync(extra.Comment.Id, cancellation);
        var room = MostBytes - marker.Sign("").Length;
        var body = marker.Sign(MarkdownLimit.Fit(report.Comment!(current?.Marker.Run, room), room));
        if (current is null)
            return await CreateAsync(body, cancellation);
        // A body that was edited on the web comes back with CRLF.
        if (current.Comment.Body?.ReplaceLineEndings("\n") == body)
            return new(CommentFate.Unchanged, current.Comment.HtmlUrl);
        var written = await UpdateAsync(current.Comment.Id, body, cancellation);
        if (target.Notify == NotifyMode.Regression && current.Marker.Run is { WasMet: true } && report.Regression is { } regression)
            await client.Comments.CreateAsync(pullRequest, regression(written.Url!), cancellation);
        return written;
    }

    private static bool IsWanted(CommentMode mode, bool isProblem, CommentMarker? current, CommentMarker marker) => mode switch
    {
        CommentMode.Always => true,
        CommentMode.OnChange => current?.Digest != marker.Digest,
        CommentMode.OnProblem => isProblem || current is not null,
        CommentMode.Off => false,
    };

    /// <summary>The comments of a gate by the token's own account, oldest first; more than one if two runs wrote at the same
    /// moment.</summary>
    public async Task<List<OwnComment>> FindAsync(string gate, CancellationToken cancellation)
    {
        List<OwnComment> own = [];
        await foreach (var comment in client.Comments.ListAsync(pullRequest, cancellation))
        {
            if (comment.Author == login && CommentMarker.Read(comment.Body) is { } marker && marker.Gate == gate)
                own.Add(new(comment, marker));
        }
        return own;
    }

    private async Task<CommentResult> CreateAsync(string body, CancellationToken cancellation) =>
        new(CommentFate.Created, (await client.Comments.CreateAsync(pullRequest, body, cancellation)).HtmlUrl);

    private async Task<CommentResult> UpdateAsync(long id, string body, CancellationToken cancellation)
    {
        try
        {
            return new(CommentFate.Updated, (await client.Comments.UpdateAsync(id, body, cancellation)).HtmlUrl);
        }
        catch (GitHubException exception) when (exception.IsNotFound)
        {
            // Somebody deleted it between the look and the write.
            return await CreateAsync(body, cancellation);
        }
    }
}

/// <summary>When the comment on the pull request is written.</summary>
internal enum CommentMode
{
    Always,

    /// <summary>If the verdict differs from the one the comment shows.</summary>
    OnChange,

    /// <summary>If something is wrong, and once more when it is mended.</summary>
    OnProblem,
    Off,
}

/// <summary>What a comment of its own tells: an edited comment notifies nobody.</summary>
internal enum NotifyMode
{
    Off,

    /// <summary>That a gate which was met is not any more.</summary>
    Regression,
}

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
internal sealed record CommentResult(CommentFate Fate, string? Url);

/// <summary>A comment of the gate's own account with the marker that it ends with.</summary>
internal sealed record OwnComment(IssueComment Comment, CommentMarker Marker);
