namespace GateAction.GitHub.Publishing;

/// <summary>When the comment on the pull request is written.</summary>
internal enum CommentMode
{
    Always,

    /// <summary>Where the verdict differs from the one the comment shows.</summary>
    OnChange,

    /// <summary>Where something is wrong, and once more when it is mended.</summary>
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
