using System.Runtime.CompilerServices;

namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/checks/runs</summary>
internal sealed class CheckRunsClient(Endpoints endpoints)
{
    /// <summary>GitHub takes no more annotations in one call than this.</summary>
    public const int MostAnnotations = 50;

    /// <summary>Creates a check run. Where an attempt's fate is unknown, the one with the same external id tells.</summary>
    public Task<CheckRun> CreateAsync(NewCheckRun run, CancellationToken cancellation) =>
        endpoints.SendAsync(
            ApiRequest.Post(endpoints.Path("check-runs"), Permission.ChecksWrite, run, GitHubJson.Default.NewCheckRun),
            GitHubJson.Default.CheckRun,
            cancellation,
            async token => (await GetAllForReferenceAsync(run.HeadSha, run.Name, token)).FirstOrDefault(found => found.ExternalId == run.ExternalId));

    public Task<CheckRun> GetAsync(long id, CancellationToken cancellation) =>
        endpoints.SendAsync(ApiRequest.Get(endpoints.Path($"check-runs/{id}"), Permission.ChecksRead), GitHubJson.Default.CheckRun, cancellation);

    /// <summary>Changes a check run. Annotations add up, so where an attempt's fate is unknown their number tells.</summary>
    /// <param name="annotationsThen">How many annotations the check run has afterwards.</param>
    public Task<CheckRun> UpdateAsync(long id, CheckRunUpdate update, int annotationsThen, CancellationToken cancellation) =>
        endpoints.SendAsync(
            ApiRequest.Patch(endpoints.Path($"check-runs/{id}"), Permission.ChecksWrite, update, GitHubJson.Default.CheckRunUpdate) with { IsRepeatable = false },
            GitHubJson.Default.CheckRun,
            cancellation,
            async token => await GetAsync(id, token) is var now && now.Conclusion == update.Conclusion && now.Output?.AnnotationsCount == annotationsThen ? now : null);

    /// <summary>The newest check run of each name of a commit.</summary>
    public async IAsyncEnumerable<CheckRun> GetAllForReferenceAsync(string sha, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (int page = 1, seen = 0, total = 1; seen < total; page++)
        {
            var path = endpoints.Path($"commits/{sha}/check-runs?filter=latest&per_page=100&page={page}");
            var list = await endpoints.SendAsync(ApiRequest.Get(path, Permission.ChecksRead), GitHubJson.Default.CheckRunList, cancellation);
            foreach (var run in list.CheckRuns)
                yield return run;
            total = list.CheckRuns.Count == 0 ? 0 : list.TotalCount;
            seen += list.CheckRuns.Count;
        }
    }

    /// <summary>The check runs of a commit with a name, newest first, as far as one page goes.</summary>
    public async Task<IReadOnlyList<CheckRun>> GetAllForReferenceAsync(string sha, string name, CancellationToken cancellation)
    {
        var path = endpoints.Path($"commits/{sha}/check-runs?filter=all&per_page=100&check_name={Uri.EscapeDataString(name)}");
        return (await endpoints.SendAsync(ApiRequest.Get(path, Permission.ChecksRead), GitHubJson.Default.CheckRunList, cancellation)).CheckRuns;
    }
}
