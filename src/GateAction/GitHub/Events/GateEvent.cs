using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>What set the gate off, with the commit that is judged.</summary>
/// <param name="Name">GitHub's name of the event, as <c>pull_request</c>.</param>
/// <param name="Action">The event's <c>action</c>, as <c>synchronize</c>.</param>
/// <param name="Sha">The commit that gets the status.</param>
/// <param name="Ref">The full ref, as <c>refs/heads/main</c>.</param>
/// <param name="Branch">The branch the commit is on; null for a tag.</param>
internal sealed record GateEvent(string Name, string? Action, string Sha, string Ref, string? Branch)
{
    /// <summary>The branch the change goes to; null where there is no change to merge.</summary>
    public string? BaseRef { get; init; }

    /// <summary>The commit whose manifest judges; null where there is no base.</summary>
    public string? BaseSha { get; init; }

    /// <summary>The pull request that gets the comment.</summary>
    public PullRequest? PullRequest { get; init; }

    /// <summary>Pull requests that hold the same commit beside <see cref="PullRequest"/>.</summary>
    public IReadOnlyList<int> OtherPullRequests { get; init; } = [];

    /// <summary>Why there is nothing to judge, as for a comment that is no command.</summary>
    public string? Ignored { get; init; }

    /// <summary>Why GitHub gives this run a token that may only read; null where it does not.</summary>
    public string? ReadOnlyBecause { get; init; }

    /// <summary>
    /// Why the commit's own manifest must not be used: it comes from a fork, and this event runs with the repository's secrets. Null where
    /// it may.
    /// </summary>
    public string? UntrustedBecause { get; init; }

    /// <summary>The run that a <c>workflow_run</c> follows.</summary>
    public long? FollowedRun { get; init; }

    public string ShortSha => Sha.Length > 7 ? Sha[..7] : Sha;

    public bool IsMergeQueue => Name == "merge_group";
}
