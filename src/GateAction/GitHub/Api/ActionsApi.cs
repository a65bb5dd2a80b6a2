using static GateAction.GitHub.Api.AnswerMembers;

namespace GateAction.GitHub.Api;

/// <summary>A run of a workflow.</summary>
internal sealed record WorkflowRun(long Id, string HeadSha, RepositoryId? Repository = null, RepositoryId? HeadRepository = null)
{
    /// <summary>True if the branch is a fork's, whatever it is called.</summary>
    // GitHub names no repository for a fork that was deleted. What is not known counts as a fork: the safe side for what others left.
    public bool IsFromFork => Repository is null || HeadRepository?.Id != Repository.Id;
}

internal sealed record RepositoryId(long Id);

/// <summary>How far a run has come: <c>queued in_progress completed</c> and others; <c>Conclusion</c> is null before it has
/// completed.</summary>
/// <param name="Event">What set it off, as <c>pull_request</c>.</param>
internal sealed record RunState(string Status, string? Conclusion = null, int? RunAttempt = null, string? Event = null);

internal sealed record WorkflowRunList(IReadOnlyList<WorkflowRun> WorkflowRuns);

/// <summary>A zip that a run left behind.</summary>
internal sealed record Artifact(long Id, string Name, bool Expired, ArtifactRun? WorkflowRun = null);

/// <summary>The run that left an artifact.</summary>
internal sealed record ArtifactRun(
    long? Id = null, string? HeadBranch = null, string? HeadSha = null, long? RepositoryId = null, long? HeadRepositoryId = null)
{
    /// <summary>True if the branch is a fork's, whatever it is called.</summary>
    public bool IsFromFork => RepositoryId is null || HeadRepositoryId != RepositoryId;
}

internal sealed record Nothing;

internal sealed record ArtifactList(IReadOnlyList<Artifact> Artifacts);

/// <summary>
/// https://docs.github.com/rest/actions. Octokit cannot list an artifact of 2 GiB or more nor one whose fork is gone, and asks for a
/// workflow file with a space in its name by a plus sign.
/// </summary>
internal sealed class ActionsApi(Calls calls, RepositoryName repository)
{
    /// <summary>The newest runs on a branch that succeeded.</summary>
    public Task<IReadOnlyList<WorkflowRun>> SuccessfulRunsAsync(string workflowFile, string branch, int count,
        CancellationToken cancellation) => calls.SendAsync(
        Permission.ActionsRead,
        client => client.GetAsync<WorkflowRunList>(
            repository.Path(
                $"actions/workflows/{Uri.EscapeDataString(workflowFile)}/runs?branch={Uri.EscapeDataString(branch)}"
                + $"&status=success&per_page={count}")),
        list => Required(list?.WorkflowRuns, "workflow_runs"),
        cancellation);

    /// <summary>How far the last attempt of a run has come.</summary>
    public Task<RunState> StateAsync(long runId, CancellationToken cancellation) => calls.SendAsync(
        Permission.ActionsRead,
        client => client.GetAsync<RunState>(repository.Path($"actions/runs/{runId}")),
        found => Required(found, "run"),
        cancellation);

    /// <summary>Runs a run again, all of it. Done twice it is refused, because it is running then.</summary>
    public Task RerunAsync(long runId, CancellationToken cancellation) => PostAsync($"actions/runs/{runId}/rerun", cancellation);

    /// <summary>Runs the jobs again that failed, and those that depend on them.</summary>
    public Task RerunFailedAsync(long runId, CancellationToken cancellation) =>
        PostAsync($"actions/runs/{runId}/rerun-failed-jobs", cancellation);

    /// <summary>The artifacts of a run.</summary>
    public IAsyncEnumerable<Artifact> ArtifactsAsync(long runId, CancellationToken cancellation) =>
        ListAsync($"actions/runs/{runId}/artifacts?", cancellation);

    /// <summary>The artifacts of a name that any run left, newest first.</summary>
    public IAsyncEnumerable<Artifact> ArtifactsAsync(string name, CancellationToken cancellation) =>
        ListAsync($"actions/artifacts?name={Uri.EscapeDataString(name)}&", cancellation);

    /// <summary>The zip of an artifact, from the storage that GitHub redirects to.</summary>
    // The storage is another host. AnswerHandler follows the redirect there and leaves the token behind: Azure refuses a request that
    // brings one.
    public Task<Stream> DownloadAsync(long id, CancellationToken cancellation) => calls.SendAsync(
        Permission.ActionsRead,
        client => client.Actions.Artifacts.DownloadArtifact(repository.Owner, repository.Name, id, "zip"),
        zip => Required(zip, "zip"),
        cancellation,
        AnswerShape.Raw);

    private Task PostAsync(string path, CancellationToken cancellation) => calls.SendAsync(
        Permission.ActionsWrite, client => client.PostAsync<Nothing>(repository.Path(path), new Nothing()), cancellation);

    private IAsyncEnumerable<Artifact> ListAsync(string path, CancellationToken cancellation) => calls.ListAsync(
        Permission.ActionsRead,
        (client, page) => client.GetAsync<ArtifactList>(repository.Path($"{path}per_page={page.PageSize}&page={page.StartPage}")),
        list => Required(list?.Artifacts, "artifacts"),
        cancellation,
        AnswerShape.Object);
}

/// <summary>A deployment of a commit to an environment.</summary>
internal sealed record Deployment(long Id, string Sha, string Environment, DateTimeOffset CreatedAt);

/// <summary>A state of a deployment: <c>error failure inactive in_progress queued pending success</c>.</summary>
internal sealed record DeploymentStatus(string State, string? EnvironmentUrl = null, string? Description = null);

/// <summary>https://docs.github.com/rest/deployments. Octokit lists all deployments of a repository, not those of a commit.</summary>
internal sealed class DeploymentsApi(Calls calls, RepositoryName repository)
{
    /// <summary>The deployments of a commit to an environment, newest first.</summary>
    public IAsyncEnumerable<Deployment> ListAsync(string sha, string environment, CancellationToken cancellation) => calls.ListAsync(
        Permission.DeploymentsRead,
        (client, page) => client.GetAsync<List<Deployment>>(repository.Path(
            $"deployments?sha={Uri.EscapeDataString(sha)}&environment={Uri.EscapeDataString(environment)}&per_page={page.PageSize}&page="
            + $"{page.StartPage}")),
        list => Required(list, "deployments"),
        cancellation);

    /// <summary>The states a deployment went through, newest first.</summary>
    public IAsyncEnumerable<DeploymentStatus> StatusesAsync(long id, CancellationToken cancellation) => calls.ListAsync(
        Permission.DeploymentsRead,
        (client, page) => client.Repository.Deployment.Status.GetAll(repository.Owner, repository.Name, id, page),
        found => Required(found, "statuses").Select(status =>
            new DeploymentStatus(Required(status.State.StringValue, "state"), status.EnvironmentUrl, status.Description)),
        cancellation);
}
