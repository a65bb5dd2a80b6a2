using System.Text.Json.Nodes;
using GateAction.Demo.GitHub.State;

namespace GateAction.Demo.GitHub.Endpoints;

/// <summary>https://docs.github.com/rest/branches and the rules that apply to a branch.</summary>
internal static class BranchEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        var repository = standIn.Repository;
        routes.MapGet("/rules/branches/{branch}", (string branch, HttpContext context) => Paging.Page(context, Rules(repository, branch)))
            .WithMetadata(Needs.Read("metadata"));
        routes.MapGet("/branches/{branch}/protection/required_status_checks", (string branch) => repository.Protections.TryGetValue(branch, out var protection)
                ? Json.Of(Describe(standIn, branch, protection))
                : Errors.Of(404, "Branch not protected"))
            .WithMetadata(Needs.Read("administration"));
        routes.MapPatch("/branches/{branch}/protection/required_status_checks", async (string branch, HttpContext context) => Update(standIn, branch, await Json.ReadAsync(context.Request)))
            .WithMetadata(Needs.Write("administration"));
    }

    private static IEnumerable<JsonNode> Rules(RepositoryState repository, string branch) => repository.Rules.TryGetValue(branch, out var required)
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

    private static IResult Update(GitHubStandIn standIn, string branch, JsonObject? body)
    {
        if (!standIn.Repository.Protections.TryGetValue(branch, out var protection))
            return Errors.Of(404, "Branch not protected");
        if (body?["checks"] is not JsonArray checks)
            return Errors.Of(422, "Invalid request.");
        protection.Checks.Clear();
        protection.Checks.AddRange(checks.Select(check => ((string)check!["context"]!, (long?)check["app_id"])));
        return Json.Of(Describe(standIn, branch, protection));
    }

    private static JsonObject Describe(GitHubStandIn standIn, string branch, Protection protection)
    {
        var url = $"{standIn.Url}/repos/{standIn.Repository.FullName}/branches/{branch}/protection/required_status_checks";
        return new()
        {
            ["url"] = url,
            ["strict"] = protection.Strict,
            ["contexts"] = Json.Array(protection.Checks.Select(check => (JsonNode)check.Context)),
            ["contexts_url"] = $"{url}/contexts",
            ["checks"] = Json.Array(protection.Checks.Select(check => new JsonObject { ["context"] = check.Context, ["app_id"] = check.AppId })),
        };
    }
}
