using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>https://docs.github.com/rest/deployments</summary>
internal static class DeploymentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        var deployments = standIn.Repository.Deployments;
        routes.MapGet("/deployments", (HttpContext context) =>
            Paging.Page(context, Search(deployments, context).Reverse().Select(found => Describe(standIn, found))))
            .WithMetadata(Needs.Read("deployments"));
        routes.MapGet("/deployments/{id:long}/statuses", (long id, HttpContext context) =>
            deployments.Find(deployment => deployment.Id == id) is { } deployment
                ? Paging.Page(context, deployment.States.Select((state, index) => Describe(standIn, deployment, state, index)).Reverse())
                : Errors.NotFound)
            .WithMetadata(Needs.Read("deployments"));
    }

    private static IEnumerable<StoredDeployment> Search(List<StoredDeployment> deployments, HttpContext context)
    {
        var (sha, environment) = ((string?)context.Request.Query["sha"], (string?)context.Request.Query["environment"]);
        return deployments.Where(deployment => (sha is null || deployment.Sha == sha)
            && (environment is null || deployment.Environment == environment));
    }

    private static JsonObject Describe(GitHubStandIn standIn, StoredDeployment deployment)
    {
        var url = $"{standIn.Url}/repos/{standIn.Repository.FullName}";
        return new()
        {
            ["url"] = $"{url}/deployments/{deployment.Id}",
            ["id"] = deployment.Id,
            ["node_id"] = Accounts.Node("DE", deployment.Id),
            ["sha"] = deployment.Sha,
            ["ref"] = deployment.Sha,
            ["task"] = "deploy",
            ["payload"] = new JsonObject(),
            ["environment"] = deployment.Environment,
            ["description"] = null,
            ["creator"] = Accounts.User("octocat"),
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["updated_at"] = "2026-01-01T00:00:00Z",
            ["statuses_url"] = $"{url}/deployments/{deployment.Id}/statuses",
            ["repository_url"] = url,
        };
    }

    private static JsonObject Describe(GitHubStandIn standIn, StoredDeployment deployment, (string State, string? EnvironmentUrl) state,
        int index)
    {
        var url = $"{standIn.Url}/repos/{standIn.Repository.FullName}";
        return new()
        {
            ["url"] = $"{url}/deployments/{deployment.Id}/statuses/{index}",
            ["id"] = index + 1,
            ["node_id"] = Accounts.Node("DES", index),
            ["state"] = state.State,
            ["creator"] = Accounts.User("octocat"),
            ["description"] = "",
            ["environment"] = deployment.Environment,
            ["environment_url"] = state.EnvironmentUrl ?? "",
            ["target_url"] = "",
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["updated_at"] = "2026-01-01T00:00:00Z",
            ["deployment_url"] = $"{url}/deployments/{deployment.Id}",
            ["repository_url"] = url,
        };
    }
}
