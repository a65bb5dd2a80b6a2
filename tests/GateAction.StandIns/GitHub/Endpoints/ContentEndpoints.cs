using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>https://docs.github.com/rest/repos/contents</summary>
internal static class ContentEndpoints
{
    private const int MostInline = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn) =>
        routes.MapGet("/contents/{**path}", (string path, HttpContext context) => Get(standIn, standIn.Repository, path, context))
        .WithMetadata(Needs.Read("contents"));

    public static IResult Get(GitHubStandIn standIn, RepositoryState repository, string path, HttpContext context)
    {
        var reference = (string?)context.Request.Query["ref"] ?? repository.DefaultBranch;
        var sha = repository.Branches.GetValueOrDefault(reference, reference);
        if (!repository.Commits.TryGetValue(sha, out var commit))
            return Errors.Of(404, $"No commit found for the ref {reference}");
        if (commit.Files.TryGetValue(path, out var file))
            return Json.Of(Describe(standIn, repository, path, sha, file));
        List<JsonObject> held = [.. commit.Files.Where(entry => entry.Key.StartsWith($"{path}/", StringComparison.Ordinal))
            .Select(entry => Describe(standIn, repository, entry.Key, sha, entry.Value))];
        if (held is [])
            return Errors.NotFound;
        var folder = Describe(standIn, repository, path, sha, new StoredFile([], "dir"));
        folder["entries"] = Json.Array(held);
        return Json.Of(folder);
    }

    private static JsonObject Describe(GitHubStandIn standIn, RepositoryState repository, string path, string sha, StoredFile file)
    {
        var url = $"{standIn.Url}/repos/{repository.FullName}/contents/{path}?ref={sha}";
        var content = new JsonObject
        {
            ["type"] = file.Type,
            ["size"] = file.Bytes.Length,
            ["name"] = path.Split('/')[^1],
            ["path"] = path,
            ["sha"] = file.Blob,
            ["url"] = url,
            ["git_url"] = url,
            ["html_url"] = url,
            ["download_url"] = url,
            ["_links"] = new JsonObject { ["self"] = url, ["git"] = url, ["html"] = url },
        };
        switch (file.Type)
        {
            case "file":
                var isSmall = file.Bytes.Length <= MostInline;
                content["encoding"] = isSmall ? "base64" : "none";
                content["content"] = isSmall ? Wrap(Convert.ToBase64String(file.Bytes)) : "";
                break;
            case "symlink":
                content["target"] = file.Target;
                break;
            case "submodule":
                content["submodule_git_url"] = file.Target;
                break;
            case "dir":
                content["entries"] = new JsonArray();
                break;
        }
        return content;
    }

    /// <summary>GitHub breaks base64 after 60 characters.</summary>
    private static string Wrap(string base64) => string.Concat(base64.Chunk(60).Select(line => new string(line) + "\n"));
}
