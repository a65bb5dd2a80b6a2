namespace GateAction.GitHub.Api;

/// <summary>A pull request as GitHub describes it in answers and event payloads.</summary>
internal sealed record PullRequest(
    int Number,
    string State,
    PullRequestEnd Head,
    PullRequestEnd Base,
    string? Title = null,
    bool? Draft = null,
    User? User = null,
    IReadOnlyList<Label>? Labels = null)
{
    /// <summary>True also where the fork was deleted.</summary>
    public bool IsFromFork => Head.Repo?.FullName is not { } head || head != Base.Repo?.FullName;
}

/// <summary>One end of a pull request; <c>Repo</c> is null where a fork was deleted.</summary>
internal sealed record PullRequestEnd(string Ref, string Sha, RepositoryReference? Repo = null);

internal sealed record RepositoryReference(string FullName);

internal sealed record Label(string Name);

/// <summary>One file that a pull request changes. <c>Status</c> is <c>added removed modified renamed copied changed unchanged</c>.</summary>
internal sealed record PullRequestFile(string Filename, string Status, string? PreviousFilename = null);
