using GateAction.Core.Model;
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
    /// <summary>The branch the change goes to, whose manifest judges it; null if there is no change to merge.</summary>
    public string? BaseRef { get; init; }

    /// <summary>The repository's default branch; null if it is not known.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>The commit that the change is compared with, if there is no pull request: what the branch was before a push, what a queue
    /// builds on.</summary>
    public string? ComparedWith { get; init; }

    /// <summary>The commit that merges the pull request, on which its run was started; null if there is none, or it is the judged
    /// one.</summary>
    public string? MergeSha { get; init; }

    /// <summary>The pull request that gets the comment.</summary>
    public PullRequest? PullRequest { get; init; }

    /// <summary>Open pull requests that hold the same commit beside <see cref="PullRequest"/>.</summary>
    public IReadOnlyList<PullRequest> OtherPullRequests { get; init; } = [];

    /// <summary>Why there is nothing to judge, as for a comment that is no command.</summary>
    public string? Ignored { get; init; }

    /// <summary>Why nothing may be judged although something is to be: GitHub does not tell what judges it, or the event's file was
    /// rewritten.</summary>
    public string? Blocked { get; init; }

    /// <summary>Why GitHub gives this run a token that may only read; null if it does not.</summary>
    public string? ReadOnlyBecause { get; init; }

    /// <summary>
    /// Why the commit's own manifest must not be used: it comes from a fork, and this event runs with the repository's secrets. Null if it
    /// may.
    /// </summary>
    public string? UntrustedBecause { get; init; }

    /// <summary>What a comment on the pull request asks of the gate; then nothing is measured, but what it asks is done.</summary>
    public CommentRequest? Asked { get; init; }

    /// <summary>The run that a <c>workflow_run</c> follows.</summary>
    public long? FollowedRun { get; init; }

    /// <summary>The event that started <see cref="FollowedRun"/>.</summary>
    public string? FollowedEvent { get; init; }

    public string ShortSha => RunIdentity.Short(Sha);

    public bool IsMergeQueue => Name == "merge_group";

    /// <summary>
    /// The branch whose name the status bears: the one that the change goes to, else the commit's own. A tag and a bare commit stand for
    /// themselves, so that they never speak under a branch's name.
    /// </summary>
    // A pull request's ref says nothing of a branch: without a base the commit itself is all that is certain.
    public string SpeaksFor => BaseRef ?? Branch ?? (Ref.Length > 0 && !Ref.StartsWith("refs/pull/", StringComparison.Ordinal) ? Ref : Sha);
}
