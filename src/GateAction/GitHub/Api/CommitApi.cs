using static GateAction.GitHub.Api.AnswerMembers;

namespace GateAction.GitHub.Api;

/// <summary>A commit status as GitHub keeps it. <c>State</c> is <c>pending success failure error</c>.</summary>
internal sealed record CommitStatus(long Id, string State, string Context, string? Description = null, string? TargetUrl = null,
    string? Creator = null);

/// <summary>https://docs.github.com/rest/commits/statuses</summary>
internal sealed class StatusesApi(Calls calls, RepositoryName repository)
{
    /// <summary>Sets a status, with a description of at most 140 characters. Where an attempt's fate is unknown, the newest status of that
    /// context tells.</summary>
    public Task<CommitStatus> SetAsync(string sha, Octokit.NewCommitStatus status, CancellationToken cancellation) => calls.WriteAsync(
        Permission.StatusesWrite,
        client => client.Repository.Status.Create(repository.Owner, repository.Name, sha, status),
        Read,
        token => FindAsync(sha, status, token),
        cancellation);

    /// <summary>All statuses of a commit, newest first.</summary>
    public IAsyncEnumerable<CommitStatus> ListAsync(string sha, CancellationToken cancellation) => calls.ListAsync(
        Permission.StatusesRead,
        (client, page) => client.Repository.Status.GetAll(repository.Owner, repository.Name, sha, page),
        found => Required(found, "statuses").Select(Read),
        cancellation);

    private async Task<CommitStatus?> FindAsync(string sha, Octokit.NewCommitStatus wanted, CancellationToken cancellation) =>
        await ListAsync(sha, cancellation).FirstOrDefaultAsync(status => status.Context == wanted.Context, cancellation) is { } latest
            && latest.State.Equals(wanted.State.ToString(), StringComparison.OrdinalIgnoreCase)
            && (latest.Description, latest.TargetUrl) == (wanted.Description, wanted.TargetUrl)
            ? latest
            : null;

    private static CommitStatus Read(Octokit.CommitStatus? found) => new(
        RequiredId(Required(found, "status").Id),
        Required(found!.State.StringValue, "state"),
        Required(found.Context, "context"),
        found.Description,
        found.TargetUrl,
        found.Creator?.Login);
}

/// <summary>A check run as GitHub keeps it. <c>App</c> is the name in the address of the app that created it.</summary>
internal sealed record CheckRun(
    long Id, string Name, string Status, string? Conclusion, string? ExternalId, string? DetailsUrl, string? App, long? AnnotationsCount)
{
    public string? Title { get; init; }
}

/// <summary>https://docs.github.com/rest/checks/runs. Octokit fails on a list of check runs that is not there.</summary>
internal sealed class ChecksApi(Calls calls, RepositoryName repository)
{
    /// <summary>GitHub takes no more annotations in one call than this.</summary>
    public const int MostAnnotations = 50;

    /// <summary>Creates a check run. Where an attempt's fate is unknown, the one with the same external id tells.</summary>
    public Task<CheckRun> CreateAsync(Octokit.NewCheckRun run, CancellationToken cancellation) => calls.WriteAsync(
        Permission.ChecksWrite,
        client => client.Check.Run.Create(repository.Owner, repository.Name, run),
        Read,
        token => ListAsync(run.HeadSha, run.Name, token).FirstOrDefaultAsync(found => found.ExternalId == run.ExternalId, token).AsTask(),
        cancellation);

    public Task<CheckRun> GetAsync(long id, CancellationToken cancellation) => calls.SendAsync(
        Permission.ChecksRead, client => client.Check.Run.Get(repository.Owner, repository.Name, id), Read, cancellation);

    /// <summary>Changes a check run. Annotations add up, so where an attempt's fate is unknown their number tells.</summary>
    /// <param name="annotationsThen">How many annotations the check run has afterwards.</param>
    public Task<CheckRun> UpdateAsync(long id, Octokit.CheckRunUpdate update, int annotationsThen, CancellationToken cancellation) =>
        calls.WriteAsync(
        Permission.ChecksWrite,
        client => client.Check.Run.Update(repository.Owner, repository.Name, id, update),
        Read,
        async token => await GetAsync(id, token) is var now
            && now.Conclusion == update.Conclusion?.StringValue
            && now.AnnotationsCount == annotationsThen
            ? now
            : null,
        cancellation);

    /// <summary>The newest check run of each name of a commit.</summary>
    public IAsyncEnumerable<CheckRun> ListAsync(string sha, CancellationToken cancellation) =>
        FilterAsync(sha, "filter=latest", cancellation);

    /// <summary>All check runs of a commit with a name, newest first.</summary>
    public IAsyncEnumerable<CheckRun> ListAsync(string sha, string name, CancellationToken cancellation) =>
        FilterAsync(sha, $"filter=all&check_name={Uri.EscapeDataString(name)}", cancellation);

    private IAsyncEnumerable<CheckRun> FilterAsync(string sha, string filter, CancellationToken cancellation) => calls.ListAsync(
        Permission.ChecksRead,
        (client, page) => client.GetAsync<Octokit.CheckRunsResponse>(
            repository.Path($"commits/{sha}/check-runs?{filter}&per_page={page.PageSize}&page={page.StartPage}")),
        found => Required(found?.CheckRuns, "check_runs").Select(Read),
        cancellation,
        AnswerShape.Object);

    private static CheckRun Read(Octokit.CheckRun? found) => new(
        RequiredId(Required(found, "check run").Id),
        Required(found!.Name, "name"),
        Required(found.Status.StringValue, "status"),
        found.Conclusion?.StringValue,
        found.ExternalId,
        found.DetailsUrl,
        found.App?.Slug,
        found.Output?.AnnotationsCount)
    {
        Title = found.Output?.Title,
    };
}
