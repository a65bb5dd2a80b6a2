using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>https://docs.github.com/rest/commits/statuses</summary>
internal static class StatusEndpoints
{
    private const int MostCharacters = 140;
    private const int MostPerContext = 1000;
    private static readonly string[] States = ["error", "failure", "pending", "success"];

    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        routes.MapPost("/statuses/{sha}", async (string sha, HttpContext context) =>
            Create(standIn, sha, await Json.ReadAsync(context.Request), context))
            .WithMetadata(Needs.Write("statuses"));
        routes.MapGet("/commits/{sha}/statuses", (string sha, HttpContext context) => standIn.Repository.Commits.ContainsKey(sha)
                ? Paging.Page(context,
                standIn.Repository.Statuses.Where(status => status.Sha == sha).Reverse().Select(status => Describe(standIn, status)))
                : Errors.Of(422, $"No commit found for SHA: {sha}"))
            .WithMetadata(Needs.Read("statuses"));
    }

    private static IResult Create(GitHubStandIn standIn, string sha, JsonObject? body, HttpContext context)
    {
        var repository = standIn.Repository;
        if (body is null)
            return Errors.Of(400, "Problems parsing JSON");
        if (!repository.Commits.ContainsKey(sha))
            return Errors.Of(422, $"No commit found for SHA: {sha}");
        var (state, name, description, url) =
            (Json.Text(body, "state"), Json.Text(body, "context") ?? "default", Json.Text(body, "description"),
            Json.Text(body, "target_url"));
        if (!States.Contains(state))
            return Errors.Invalid("Status", "state", "state is not included in the list");
        if (description?.Length > MostCharacters)
            return Errors.Invalid("Status", "description", $"description is too long (maximum is {MostCharacters} characters)");
        if (url is not null && !url.StartsWith("http", StringComparison.Ordinal))
            return Errors.Invalid("Status", "target_url", "target_url must use http(s) scheme");
        if (repository.Statuses.Count(status => status.Sha == sha && status.Context == name) >= MostPerContext)
            return Errors.Invalid("Status", "base", "This SHA and context has reached the maximum number of statuses.");
        var created = new Status(repository.NextId(), sha, state!, name, description, url, (string)context.Items["login"]!,
            standIn.Time.GetUtcNow());
        repository.Statuses.Add(created);
        return Json.Of(Describe(standIn, created), 201);
    }

    private static JsonObject Describe(GitHubStandIn standIn, Status status) => new()
    {
        ["url"] = $"{standIn.Url}/repos/{standIn.Repository.FullName}/statuses/{status.Sha}",
        ["avatar_url"] = "https://avatars.example.com/u/1",
        ["id"] = status.Id,
        ["node_id"] = Accounts.Node("SC", status.Id),
        ["state"] = status.State,
        ["description"] = status.Description,
        ["target_url"] = status.TargetUrl,
        ["context"] = status.Context,
        ["created_at"] = Json.Time(status.CreatedAt),
        ["updated_at"] = Json.Time(status.CreatedAt),
        ["creator"] = Accounts.User(status.Creator),
    };
}
