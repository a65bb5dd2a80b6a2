using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>https://docs.github.com/rest/checks/runs</summary>
internal static class CheckEndpoints
{
    private const int MostAnnotations = 50;
    private const int MostSummary = 65_535;

    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        var repository = standIn.Repository;
        routes.MapPost("/check-runs", async (HttpRequest request) => Create(standIn, await Json.ReadAsync(request)))
            .WithMetadata(Needs.Write("checks"));
        routes.MapPatch("/check-runs/{id:long}", async (long id, HttpContext context) =>
            Update(standIn, id, await Json.ReadAsync(context.Request)))
            .WithMetadata(Needs.Write("checks"));
        routes.MapGet("/check-runs/{id:long}", (long id) => repository.Checks.Find(check => check.Id == id) is { } check
            ? Json.Of(Describe(standIn, check))
            : Errors.NotFound)
            .WithMetadata(Needs.Read("checks"));
        routes.MapGet("/commits/{sha}/check-runs", (string sha, HttpContext context) => Paging.Page(
                context,
                "check_runs",
                repository.Checks.Where(check => check.Sha == sha && (string?)context.Request.Query["check_name"] is var name
                && (name is null || check.Name == name))
                    .Reverse()
                    .Select(check => Describe(standIn, check))))
            .WithMetadata(Needs.Read("checks"));
    }

    private static IResult Create(GitHubStandIn standIn, JsonObject? body)
    {
        if (body is null || Json.Text(body, "name") is not { } name || Json.Text(body, "head_sha") is not { } sha)
            return Errors.Of(422, "Invalid request.\n\n\"name\", \"head_sha\" weren't supplied.");
        if (!standIn.Repository.Commits.ContainsKey(sha))
            return Errors.Of(422, $"No commit found for SHA: {sha}");
        var check = new Check(standIn.Repository.NextId(), sha, name, standIn.Time.GetUtcNow());
        if (Change(check, body) is { } refused)
            return refused;
        standIn.Repository.Checks.Add(check);
        return Json.Of(Describe(standIn, check), 201);
    }

    private static IResult Update(GitHubStandIn standIn, long id, JsonObject? body)
    {
        if (standIn.Repository.Checks.Find(check => check.Id == id) is not { } check)
            return Errors.NotFound;
        return body is null ? Errors.Of(400, "Problems parsing JSON") : Change(check, body) ?? Json.Of(Describe(standIn, check));
    }

    private static IResult? Change(Check check, JsonObject body)
    {
        var output = body["output"] as JsonObject;
        var annotations = output?["annotations"] as JsonArray ?? [];
        if (annotations.Count > MostAnnotations)
            return Errors.Of(422,
                $"Invalid request.\n\nNo more than {MostAnnotations} items are allowed; {annotations.Count} were supplied.");
        if (annotations.Any(annotation => string.IsNullOrEmpty((string?)annotation!["path"])))
            return Errors.Of(422, "Invalid request.\n\nNo subschema in \"anyOf\" matched: \"path\" is blank.");
        if (output is not null && (Json.Text(output, "summary") ?? "").Length > MostSummary)
            return Errors.Of(422,
                $"Invalid request.\n\nOnly {MostSummary} characters are allowed; {Json.Text(output, "summary")!.Length} were supplied.");
        check.DetailsUrl = Json.Text(body, "details_url") ?? check.DetailsUrl;
        check.ExternalId = Json.Text(body, "external_id") ?? check.ExternalId;
        check.Conclusion = Json.Text(body, "conclusion") ?? check.Conclusion;
        check.Status = check.Conclusion is null ? Json.Text(body, "status") ?? check.Status : "completed";
        check.Title = output is null ? check.Title : Json.Text(output, "title");
        check.Summary = output is null ? check.Summary : Json.Text(output, "summary");
        check.Annotations.AddRange(annotations.Select(annotation => annotation!.DeepClone()));
        return null;
    }

    private static JsonObject Describe(GitHubStandIn standIn, Check check) => new()
    {
        ["id"] = check.Id,
        ["head_sha"] = check.Sha,
        ["node_id"] = Accounts.Node("CR", check.Id),
        ["external_id"] = check.ExternalId,
        ["url"] = $"{standIn.Url}/repos/{standIn.Repository.FullName}/check-runs/{check.Id}",
        ["html_url"] = $"https://github.example.com/{standIn.Repository.FullName}/runs/{check.Id}",
        ["details_url"] = check.DetailsUrl,
        ["status"] = check.Status,
        ["conclusion"] = check.Conclusion,
        ["started_at"] = Json.Time(check.StartedAt),
        ["completed_at"] = check.Conclusion is null ? null : Json.Time(standIn.Time.GetUtcNow()),
        ["name"] = check.Name,
        ["check_suite"] = new JsonObject { ["id"] = 1 },
        ["output"] = new JsonObject
        {
            ["title"] = check.Title,
            ["summary"] = check.Summary,
            ["text"] = null,
            ["annotations_count"] = check.Annotations.Count,
            ["annotations_url"] = $"{standIn.Url}/repos/{standIn.Repository.FullName}/check-runs/{check.Id}/annotations",
        },
        ["app"] = App(),
        ["pull_requests"] = new JsonArray(),
    };

    private static JsonObject App() => new()
    {
        ["id"] = 15368,
        ["slug"] = "github-actions",
        ["node_id"] = Accounts.Node("A", 15368),
        ["owner"] = Accounts.User("github"),
        ["name"] = "GitHub Actions",
        ["description"] = null,
        ["external_url"] = "https://help.example.com",
        ["html_url"] = "https://github.example.com/apps/github-actions",
        ["created_at"] = "2018-07-30T09:30:17Z",
        ["updated_at"] = "2019-12-10T19:04:12Z",
        ["permissions"] = new JsonObject(),
        ["events"] = new JsonArray(),
    };
}
