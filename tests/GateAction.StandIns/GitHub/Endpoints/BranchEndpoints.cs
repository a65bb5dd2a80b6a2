using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>https://docs.github.com/rest/branches and the rules that apply to a branch.</summary>
internal static class BranchEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        var repository = standIn.Repository;
        routes.MapGet("/rules/branches/{branch}", (string branch, HttpContext context) => Paging.Page(context, Rules(repository, branch)))
            .WithMetadata(Needs.Read("metadata"));
        routes.MapGet("/branches/{branch}/protection/required_status_checks", (string branch) =>
            repository.Protections.TryGetValue(branch, out var protection)
                ? Json.Of(Describe(standIn, branch, protection))
                : Errors.Of(404, "Branch not protected"))
            .WithMetadata(Needs.Read("administration"));
        routes.MapGet("/branches", (bool? @protected, HttpContext context) => Paging.Page(context, repository.Branches
                .Where(branch => @protected != true || repository.Rules.ContainsKey(branch.Key)
                || repository.Protections.ContainsKey(branch.Key))
                .Select(branch => Describe(standIn, branch.Key, branch.Value))))
            .WithMetadata(Needs.Read("contents"));
        routes.MapGet("/rulesets", (HttpContext context) => Paging.Page(context, repository.Rulesets.Select(Describe)))
            .WithMetadata(Needs.Read("metadata"));
        routes.MapPost("/rulesets", async (HttpRequest request) => Create(repository, await Json.ReadAsync(request)))
            .WithMetadata(Needs.Write("administration"));
        routes.MapGet("", () => Json.Of(Whole(repository))).WithMetadata(Needs.Read("metadata"));
    }

    private static JsonObject Describe(GitHubStandIn standIn, string branch, string sha) => new()
    {
        ["name"] = branch,
        ["commit"] = new JsonObject { ["sha"] = sha, ["url"] = $"{standIn.Url}/repos/{standIn.Repository.FullName}/commits/{sha}" },
        ["protected"] = standIn.Repository.Rules.ContainsKey(branch) || standIn.Repository.Protections.ContainsKey(branch),
    };

    private static JsonObject Whole(RepositoryState repository)
    {
        var answer = Accounts.Repository(repository.FullName, repository.DefaultBranch);
        foreach (var name in new[] { "network_count", "subscribers_count" })
            answer[name] = 0;
        answer["has_discussions"] = false;
        return answer;
    }

    private static IResult Create(RepositoryState repository, JsonObject? body)
    {
        if (body is null || Json.Text(body, "name") is not { } name || Json.Text(body, "enforcement") is null)
            return Errors.Of(422, "Invalid request.\n\n\"name\", \"enforcement\" weren't supplied.");
        var branch = ((string)body["conditions"]!["ref_name"]!["include"]![0]!)["refs/heads/".Length..];
        var required = (JsonArray)body["rules"]![0]!["parameters"]!["required_status_checks"]!;
        repository.Rules.TryAdd(branch, []);
        repository.Rules[branch].AddRange(required.Select(check => ((string)check!["context"]!, (long?)check["integration_id"])));
        repository.Bypasses.AddRange((body["bypass_actors"] as JsonArray ?? []).Select(actor => (string)actor!["actor_type"]!));
        repository.Rulesets.Add((repository.NextId(), name));
        return Json.Of(Describe(repository.Rulesets[^1]), 201);
    }

    private static JsonObject Describe((long Id, string Name) ruleset) =>
        new() { ["id"] = ruleset.Id, ["name"] = ruleset.Name, ["source"] = "octo-org/shop", ["enforcement"] = "active" };

    private static IEnumerable<JsonNode> Rules(RepositoryState repository, string branch) =>
        [.. Required(repository, branch), .. repository.Queues.Contains(branch) ? new[] { Queue(repository) } : []];

    private static JsonObject Queue(RepositoryState repository) => new()
    {
        ["type"] = "merge_queue",
        ["ruleset_source_type"] = "Repository",
        ["ruleset_source"] = repository.FullName,
        ["ruleset_id"] = 43,
    };

    private static IEnumerable<JsonNode> Required(RepositoryState repository, string branch) =>
        repository.Rules.TryGetValue(branch, out var required)
        ?
        [
            new JsonObject
            {
                ["type"] = "required_status_checks",
                ["ruleset_source_type"] = "Repository",
                ["ruleset_source"] = repository.FullName,
                ["ruleset_id"] = 42,
                ["parameters"] = new JsonObject
                {
                    ["strict_required_status_checks_policy"] = false,
                    ["required_status_checks"] = Json.Array(required.Select(check => check.AppId is { } app
                        ? new JsonObject { ["context"] = check.Context, ["integration_id"] = app }
                        : new JsonObject { ["context"] = check.Context })),
                },
            },
        ]
        : [];

    private static JsonObject Describe(GitHubStandIn standIn, string branch, Protection protection)
    {
        var url = $"{standIn.Url}/repos/{standIn.Repository.FullName}/branches/{branch}/protection/required_status_checks";
        return new()
        {
            ["url"] = url,
            ["strict"] = protection.Strict,
            ["contexts"] = Json.Array(protection.Checks.Select(check => (JsonNode)check.Context)),
            ["contexts_url"] = $"{url}/contexts",
            ["checks"] = Json.Array(protection.Checks.Select(check =>
                new JsonObject { ["context"] = check.Context, ["app_id"] = check.AppId })),
        };
    }
}
