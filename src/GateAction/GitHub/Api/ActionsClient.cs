using System.Runtime.CompilerServices;

namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/actions</summary>
internal sealed class ActionsClient(Endpoints endpoints)
{
    /// <summary>The newest runs on a branch that succeeded.</summary>
    public async Task<IReadOnlyList<WorkflowRun>> GetSuccessfulRunsAsync(string workflowFile, string branch, int count, CancellationToken cancellation)
    {
        var path = endpoints.Path(
            $"actions/workflows/{Uri.EscapeDataString(workflowFile)}/runs?branch={Uri.EscapeDataString(branch)}&status=success&per_page={count}");
        return (await endpoints.SendAsync(ApiRequest.Get(path, Permission.ActionsRead), GitHubJson.Default.WorkflowRunList, cancellation)).WorkflowRuns;
    }

    public async Task<IReadOnlyList<Artifact>> ListArtifactsAsync(long runId, CancellationToken cancellation)
    {
        var path = endpoints.Path($"actions/runs/{runId}/artifacts?per_page=100");
        return (await endpoints.SendAsync(ApiRequest.Get(path, Permission.ActionsRead), GitHubJson.Default.ArtifactList, cancellation)).Artifacts;
    }

    /// <summary>The artifacts of a name that any run left, newest first; the next page is asked for when the caller comes to it.</summary>
    public async IAsyncEnumerable<Artifact> ListArtifactsAsync(string name, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (int page = 1, seen = 0, total = 1; seen < total; page++)
        {
            var path = endpoints.Path($"actions/artifacts?name={Uri.EscapeDataString(name)}&per_page=100&page={page}");
            var list = await endpoints.SendAsync(ApiRequest.Get(path, Permission.ActionsRead), GitHubJson.Default.ArtifactList, cancellation);
            foreach (var artifact in list.Artifacts)
                yield return artifact;
            total = list.Artifacts.Count == 0 ? 0 : list.TotalCount;
            seen += list.Artifacts.Count;
        }
    }

    /// <summary>The zip of an artifact, from the storage that GitHub redirects to.</summary>
    public async Task<ReadOnlyMemory<byte>> DownloadArtifactAsync(long id, CancellationToken cancellation)
    {
        var request = ApiRequest.Get(endpoints.Path($"actions/artifacts/{id}/zip"), Permission.ActionsRead) with { MediaType = "*/*" };
        return (await endpoints.SendAsync(request, response => response, cancellation)).Body;
    }
}
