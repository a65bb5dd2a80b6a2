namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/deployments</summary>
internal sealed class DeploymentsClient(Endpoints endpoints)
{
    /// <summary>The deployments of a commit to an environment, newest first.</summary>
    public IAsyncEnumerable<Deployment> GetAllAsync(string sha, string environment, CancellationToken cancellation) =>
        endpoints.ListAsync(
            ApiRequest.Get(
                endpoints.Path($"deployments?sha={sha}&environment={Uri.EscapeDataString(environment)}&per_page=100"), Permission.DeploymentsRead),
            GitHubJson.Default.ListDeployment,
            cancellation);

    /// <summary>The states a deployment went through, newest first.</summary>
    public IAsyncEnumerable<DeploymentStatus> GetAllStatusesAsync(long id, CancellationToken cancellation) =>
        endpoints.ListAsync(
            ApiRequest.Get(endpoints.Path($"deployments/{id}/statuses?per_page=100"), Permission.DeploymentsRead),
            GitHubJson.Default.ListDeploymentStatus,
            cancellation);
}
