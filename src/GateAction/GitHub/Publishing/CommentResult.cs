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
internal sealed record CommentResult(CommentFate Fate, string? Url);

/// <summary>A comment of the gate's own account with the marker that it ends with.</summary>
internal sealed record OwnComment(IssueComment Comment, CommentMarker Marker);
