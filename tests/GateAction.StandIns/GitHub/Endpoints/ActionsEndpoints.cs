using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>https://docs.github.com/rest/actions/workflow-runs and /artifacts; a zip comes from a storage of its own, as it does on
/// GitHub.</summary>
internal static class ActionsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        var repository = standIn.Repository;
        routes.MapGet("/actions/workflows/{workflow}/runs", (string workflow, HttpContext context) => Paging.Page(
                context, "workflow_runs", Search(repository, workflow, context).Reverse().Select(run => Describe(standIn, run))))
            .WithMetadata(Needs.Read("actions"));
        routes.MapGet("/actions/runs/{id:long}", (long id) => repository.Runs.Find(run => run.Id == id) is { } run
            ? Json.Of(Describe(standIn, run))
            : Errors.NotFound)
            .WithMetadata(Needs.Read("actions"));
        routes.MapPost("/actions/runs/{id:long}/rerun", (long id) => Rerun(repository, id, isAll: true))
            .WithMetadata(Needs.Write("actions"));
        routes.MapPost("/actions/runs/{id:long}/rerun-failed-jobs", (long id) => Rerun(repository, id, isAll: false))
            .WithMetadata(Needs.Write("actions"));
        routes.MapGet("/actions/runs/{id:long}/artifacts", (long id, HttpContext context) => Paging.Page(
                context, "artifacts",
                repository.Artifacts.Where(artifact => artifact.RunId == id).Select(artifact => Describe(standIn, artifact))))
            .WithMetadata(Needs.Read("actions"));
        routes.MapGet("/actions/artifacts", (string? name, HttpContext context) => Paging.Page(
                context, "artifacts",
                repository.Artifacts.Where(artifact => name is null || artifact.Name == name).Reverse()
                .Select(artifact => Describe(standIn, artifact))))
            .WithMetadata(Needs.Read("actions"));
        routes.MapGet("/actions/artifacts/{id:long}/zip", (long id) => repository.Artifacts.Find(artifact => artifact.Id == id) switch
            {
                null => Errors.NotFound,
                { IsExpired: true } => Errors.Of(410, "Artifact has expired"),
                _ => HttpResults.Redirect(
                    $"{standIn.Url.GetLeftPart(UriPartial.Authority).Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}"
                    + $"{standIn.Url.AbsolutePath.TrimEnd('/')}/storage/{id}"),
            })
            .WithMetadata(Needs.Read("actions"));
    }

    /// <summary>The storage knows no GitHub token, and refuses a request that brings one.</summary>
    public static IResult Download(GitHubStandIn standIn, long id, HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0)
            return HttpResults.Text("InvalidAuthenticationInfo", statusCode: 400);
        lock (standIn.Repository)
            return standIn.Repository.Artifacts.Find(artifact => artifact.Id == id) is { } artifact
                ? HttpResults.Bytes(artifact.Zip, "application/zip")
                : Errors.NotFound;
    }

    private static IResult Rerun(RepositoryState repository, long id, bool isAll)
    {
        var index = repository.Runs.FindIndex(run => run.Id == id);
        if (index < 0)
            return Errors.NotFound;
        var run = repository.Runs[index];
        if (run.Conclusion is null)
            return Errors.Of(403, "This workflow is already running");
        if (!isAll && run.Conclusion == "success")
            return Errors.Of(403, "This workflow run has no failed jobs");
        repository.Reruns.Add((id, isAll));
        repository.Runs[index] = run with { Conclusion = null, Attempt = run.Attempt + 1 };
        return Json.Of(new JsonObject(), 201);
    }

    private static IEnumerable<Run> Search(RepositoryState repository, string workflow, HttpContext context)
    {
        var (branch, status) = ((string?)context.Request.Query["branch"], (string?)context.Request.Query["status"]);
        return repository.Runs.Where(run => run.Workflow == workflow && (branch is null || run.Branch == branch)
            && (status is null || run.Conclusion == status));
    }

    private static JsonObject Describe(GitHubStandIn standIn, Run run)
    {
        var url = $"{standIn.Url}/repos/{standIn.Repository.FullName}/actions/runs/{run.Id}";
        var answer = new JsonObject
        {
            ["id"] = run.Id,
            ["node_id"] = Accounts.Node("WFR", run.Id),
            ["name"] = run.Workflow,
            ["head_branch"] = run.Branch,
            ["head_sha"] = run.Sha,
            ["path"] = $".github/workflows/{run.Workflow}",
            ["run_number"] = 1,
            ["run_attempt"] = run.Attempt,
            ["event"] = run.Event,
            ["display_title"] = "Run",
            ["status"] = run.Conclusion is null ? "in_progress" : "completed",
            ["conclusion"] = run.Conclusion,
            ["workflow_id"] = 1,
            ["url"] = url,
            ["html_url"] = url,
            ["pull_requests"] = new JsonArray(),
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["updated_at"] = "2026-01-01T00:00:00Z",
            ["head_commit"] = null,
            ["repository"] = Accounts.Repository(standIn.Repository.FullName, standIn.Repository.DefaultBranch),
            ["head_repository"] = Accounts.Repository(run.Fork ?? standIn.Repository.FullName, standIn.Repository.DefaultBranch),
        };
        foreach (var name in new[] { "jobs", "logs", "check_suite", "cancel", "rerun", "artifacts", "workflow" })
            answer[$"{name}_url"] = $"{url}/{name}";
        return answer;
    }

    private static JsonObject Describe(GitHubStandIn standIn, StoredArtifact artifact)
    {
        var url = $"{standIn.Url}/repos/{standIn.Repository.FullName}/actions/artifacts/{artifact.Id}";
        return new()
        {
            ["id"] = artifact.Id,
            ["node_id"] = Accounts.Node("MDg", artifact.Id),
            ["name"] = artifact.Name,
            ["size_in_bytes"] = artifact.Zip.Length,
            ["url"] = url,
            ["archive_download_url"] = $"{url}/zip",
            ["expired"] = artifact.IsExpired,
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["expires_at"] = "2026-12-31T00:00:00Z",
            ["updated_at"] = "2026-01-01T00:00:00Z",
            ["workflow_run"] = standIn.Repository.Runs.Find(run => run.Id == artifact.RunId) is { } run ? Origin(standIn, run) : null,
        };
    }

    private static JsonObject Origin(GitHubStandIn standIn, Run run) => new()
    {
        ["id"] = run.Id,
        ["repository_id"] = IdOf(standIn.Repository.FullName),
        ["head_repository_id"] = IdOf(run.Fork ?? standIn.Repository.FullName),
        ["head_branch"] = run.Branch,
        ["head_sha"] = run.Sha,
    };

    private static JsonNode? IdOf(string repository) => Accounts.Repository(repository, "main")["id"]!.DeepClone();
}
