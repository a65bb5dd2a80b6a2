using static GateAction.GitHub.Api.AnswerMembers;

namespace GateAction.GitHub.Api;

/// <summary>A commit status as GitHub keeps it. <c>State</c> is <c>pending success failure error</c>.</summary>
internal sealed record CommitStatus(long Id, string State, string Context, string? Description = null, string? TargetUrl = null,
    string? Creator = null);

/// <summary>https://docs.github.com/rest/commits/statuses</summary>
internal sealed class StatusesApi(Calls calls, RepositoryName repository)
{
    /// <summary>
    /// Sets a status, with a description of at most 140 characters. If an attempt's fate is unknown, a status that says the same tells, and
    /// is none of those that are known already.
    /// </summary>
    /// <param name="known">The numbers of statuses that were set before.</param>
    /// <param name="supersedes">True for a status after which this one must not be sent again.</param>
    public Task<CommitStatus> SetAsync(
        string sha,
        Octokit.NewCommitStatus status,
        CancellationToken cancellation,
        IReadOnlyCollection<long>? known = null,
        Func<CommitStatus, bool>? supersedes = null) => calls.WriteAsync(
        Permission.StatusesWrite,
        client => client.Repository.Status.Create(repository.Owner, repository.Name, sha, status),
        Read,
        token => FindAsync(sha, status, known ?? [], supersedes, token),
        cancellation);

    /// <summary>All statuses of a commit, newest first.</summary>
    public IAsyncEnumerable<CommitStatus> ListAsync(string sha, CancellationToken cancellation) => calls.ListAsync(
        Permission.StatusesRead,
        (client, page) => client.Repository.Status.GetAll(repository.Owner, repository.Name, sha, page),
        found => Required(found, "statuses").Select(Read),
        cancellation);

    private async Task<CommitStatus?> FindAsync(
        string sha,
        Octokit.NewCommitStatus wanted,
        IReadOnlyCollection<long> known,
        Func<CommitStatus, bool>? supersedes,
        CancellationToken cancellation)
    {
        var isSuperseded = false;
        await foreach (var status in ListAsync(sha, cancellation))
        {
            if (status.Context != wanted.Context || known.Contains(status.Id))
                continue;
            if (status.State.Equals(wanted.State.ToString(), StringComparison.OrdinalIgnoreCase)
                && (status.Description, status.TargetUrl) == (wanted.Description, wanted.TargetUrl))
                return status;
            isSuperseded |= supersedes?.Invoke(status) == true;
        }
        // A pending that is sent again now would lie above the later run's and take its place in the order of runs.
        return isSuperseded
            ? throw new GitHubException("another run has begun before the status could be sent again") { IsSuperseded = true }
            : null;
    }

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

    /// <summary>Creates a check run. If an attempt's fate is unknown, the one with the same external id tells.</summary>
    public Task<CheckRun> CreateAsync(Octokit.NewCheckRun run, CancellationToken cancellation) => calls.WriteAsync(
        Permission.ChecksWrite,
        client => client.Check.Run.Create(repository.Owner, repository.Name, run),
        Read,
        token => ListAsync(run.HeadSha, run.Name, token).FirstOrDefaultAsync(found => found.ExternalId == run.ExternalId, token).AsTask(),
        cancellation);

    public Task<CheckRun> GetAsync(long id, CancellationToken cancellation) => calls.SendAsync(
        Permission.ChecksRead, client => client.Check.Run.Get(repository.Owner, repository.Name, id), Read, cancellation);

    /// <summary>Changes a check run. Annotations add up, so if an attempt's fate is unknown their number tells.</summary>
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
        // GitHub keeps every check run of a name; only the newest of each counts for a merge.
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
