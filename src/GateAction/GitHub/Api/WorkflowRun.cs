namespace GateAction.GitHub.Api;

/// <summary>A run of a workflow.</summary>
internal sealed record WorkflowRun(
    long Id,
    string HeadSha,
    string? HeadBranch = null,
    string? Event = null,
    string? Status = null,
    string? Conclusion = null,
    int RunAttempt = 1,
    RepositoryId? Repository = null,
    RepositoryId? HeadRepository = null)
{
    /// <summary>True where the branch is a fork's, whatever it is called.</summary>
    public bool IsFromFork => Repository is null || HeadRepository?.Id != Repository.Id;
}

internal sealed record RepositoryId(long Id);

internal sealed record WorkflowRunList(int TotalCount, IReadOnlyList<WorkflowRun> WorkflowRuns);
