using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>https://docs.github.com/rest/pulls/pulls and what else tells of pull requests.</summary>
internal static class PullEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        var repository = standIn.Repository;
        routes.MapGet("/pulls/{number:int}", (int number) => Find(repository, number) is { } pull
            ? Json.Of(PullAnswer.Describe(standIn, pull, isWhole: true))
            : Errors.NotFound)
            .WithMetadata(Needs.Read("pull-requests"));
        routes.MapGet("/pulls", (HttpContext context) =>
            Paging.Page(context, Search(repository, context).Select(pull => PullAnswer.Describe(standIn, pull))))
            .WithMetadata(Needs.Read("pull-requests"));
        routes.MapGet("/pulls/{number:int}/files", (int number, HttpContext context) => Find(repository, number) is { } pull
                ? Paging.Page(context, pull.Files.Take(3000).Select(file => File(standIn, pull.HeadSha, file, pull.Patches)))
                : Errors.NotFound)
            .WithMetadata(Needs.Read("pull-requests"));
        routes.MapGet("/commits/{sha}/pulls", (string sha, HttpContext context) => repository.Commits.ContainsKey(sha)
                ? Paging.Page(context,
                repository.Pulls.Where(pull => pull.HeadSha == sha && pull.Fork is null).Select(pull => PullAnswer.Describe(standIn, pull)))
                : Errors.Of(422, $"No commit found for SHA: {sha}"))
            .WithMetadata(Needs.Read("pull-requests"));
        routes.MapGet("/collaborators/{login}/permission", (string login) => Json.Of(Permission(repository, login)))
            .WithMetadata(Needs.Read("metadata"));
    }

    private static JsonObject Permission(RepositoryState repository, string login)
    {
        var role = repository.Collaborators.GetValueOrDefault(login, "read");
        var permission = role switch { "admin" or "read" or "none" => role, "triage" => "read", _ => "write" };
        var user = Accounts.User(login);
        user["role_name"] = role;
        return new() { ["permission"] = permission, ["role_name"] = role, ["user"] = user };
    }

    private static Pull? Find(RepositoryState repository, int number) => repository.Pulls.Find(pull => pull.Number == number);

    private static IEnumerable<Pull> Search(RepositoryState repository, HttpContext context)
    {
        var state = (string?)context.Request.Query["state"] ?? "open";
        var head = (string?)context.Request.Query["head"];
        return repository.Pulls.Where(pull => (state == "all" || pull.State == state)
            && (head is null || head == $"{(pull.Fork ?? repository.FullName).Split('/')[0]}:{pull.HeadBranch}"));
    }

    public static JsonObject File(GitHubStandIn standIn, string sha, string file, IReadOnlyDictionary<string, string>? patches = null)
    {
        var url = $"{standIn.Url}/repos/{standIn.Repository.FullName}/contents/{file}?ref={sha}";
        var patch = patches?.GetValueOrDefault(file);
        var (added, removed) = patch is null ? (1, 1) : (Count(patch, '+'), Count(patch, '-'));
        var head = standIn.Repository.Commits.GetValueOrDefault(sha);
        var answer = new JsonObject
        {
            ["sha"] = head?.Files.GetValueOrDefault(file)?.Blob ?? sha,
            ["filename"] = file,
            ["status"] = "modified",
            ["additions"] = added,
            ["deletions"] = removed,
            ["changes"] = added + removed,
            ["blob_url"] = url,
            ["raw_url"] = url,
            ["contents_url"] = url,
        };
        if (patch is not null)
            answer["patch"] = patch;
        return answer;
    }

    private static int Count(string patch, char sign) => patch.Split('\n').Count(line => line.StartsWith(sign));
}
