using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>https://docs.github.com/rest/branches/branches and https://docs.github.com/rest/commits/commits</summary>
internal static class CommitEndpoints
{
    private const int MostFiles = 300;

    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        var repository = standIn.Repository;
        routes.MapGet("/branches/{branch}", (string branch) => repository.Branches.TryGetValue(Uri.UnescapeDataString(branch), out var sha)
                ? Json.Of(Branch(standIn, Uri.UnescapeDataString(branch), sha))
                : Errors.Of(404, "Branch not found"))
            .WithMetadata(Needs.Read("contents"));
        routes.MapGet("/git/commits/{sha}", (string sha) => repository.Merges.TryGetValue(sha, out var merge)
                ? Json.Of(GitCommit(standIn, sha, merge.Base, merge.Head))
                : Errors.NotFound)
            .WithMetadata(Needs.Read("contents"));
        routes.MapGet("/commits/{**reference}", (string reference) => Resolve(standIn, repository, reference))
            .WithMetadata(Needs.Read("contents"));
        routes.MapGet("/compare/{range}", (string range) => Compare(standIn, Uri.UnescapeDataString(range).Split("...")))
            .WithMetadata(Needs.Read("contents"));
    }

    public static IResult Resolve(GitHubStandIn standIn, RepositoryState repository, string reference) =>
        repository.Resolve(Uri.UnescapeDataString(reference)) is { } sha
            ? Json.Of(Commit(standIn, repository, sha))
            : Errors.Of(422, $"No commit found for SHA: {reference}");

    private static IResult Compare(GitHubStandIn standIn, string[] ends)
    {
        var repository = standIn.Repository;
        if (ends is not [var earlier, var later] || !repository.Commits.TryGetValue(earlier, out var before)
            || !repository.Commits.TryGetValue(later, out var after))
            return Errors.NotFound;
        var files = Changed(before, after).Take(MostFiles).Select(file => PullEndpoints.File(standIn, later, file));
        var url = $"{Api(standIn)}/compare/{earlier}...{later}";
        var answer = new JsonObject
        {
            ["base_commit"] = Commit(standIn, earlier),
            ["merge_base_commit"] = Commit(standIn, earlier),
            ["status"] = earlier == later ? "identical"
                : repository.IsAncestor(earlier, later) ? "ahead"
                : repository.IsAncestor(later, earlier) ? "behind"
                : "diverged",
            ["ahead_by"] = 1,
            ["behind_by"] = 0,
            ["total_commits"] = 1,
            ["commits"] = new JsonArray(Commit(standIn, later)),
            ["files"] = Json.Array(files),
        };
        foreach (var name in new[] { "url", "html_url", "permalink_url", "diff_url", "patch_url" })
            answer[name] = url;
        return Json.Of(answer);
    }

    private static IEnumerable<string> Changed(Commit earlier, Commit later) => earlier.Files.Keys.Union(later.Files.Keys)
        .Where(path => !earlier.Files.TryGetValue(path, out var before) || !later.Files.TryGetValue(path, out var after)
            || !before.Bytes.AsSpan().SequenceEqual(after.Bytes));

    private static JsonObject Branch(GitHubStandIn standIn, string branch, string sha)
    {
        var url = $"{Api(standIn)}/branches/{Uri.EscapeDataString(branch)}";
        return new()
        {
            ["name"] = branch,
            ["commit"] = Commit(standIn, sha),
            ["_links"] = new JsonObject { ["html"] = url, ["self"] = url },
            ["protected"] = standIn.Repository.Protections.ContainsKey(branch),
            ["protection"] = new JsonObject(),
            ["protection_url"] = $"{url}/protection",
        };
    }

    private static JsonObject Commit(GitHubStandIn standIn, string sha) => Commit(standIn, standIn.Repository, sha);

    private static JsonObject Commit(GitHubStandIn standIn, RepositoryState repository, string sha)
    {
        var url = $"{standIn.Url}/repos/{repository.FullName}/commits/{sha}";
        return new()
        {
            ["url"] = url,
            ["sha"] = sha,
            ["node_id"] = Accounts.Node("C", sha),
            ["html_url"] = url,
            ["comments_url"] = $"{url}/comments",
            ["commit"] = new JsonObject
            {
                ["url"] = url,
                ["author"] = Person(),
                ["committer"] = Person(),
                ["message"] = "Change",
                ["comment_count"] = 0,
                ["tree"] = new JsonObject { ["sha"] = sha, ["url"] = url },
            },
            ["author"] = Accounts.User("octocat"),
            ["committer"] = Accounts.User("octocat"),
            ["parents"] = repository.Commits[sha].Parent is { } parent
                ? new JsonArray(new JsonObject { ["sha"] = parent, ["url"] = url, ["html_url"] = url })
                : new JsonArray(),
        };
    }

    private static JsonObject GitCommit(GitHubStandIn standIn, string sha, params string[] parents)
    {
        var url = $"{Api(standIn)}/git/commits/{sha}";
        return new()
        {
            ["sha"] = sha,
            ["node_id"] = Accounts.Node("C", sha),
            ["url"] = url,
            ["html_url"] = url,
            ["author"] = Person(),
            ["committer"] = Person(),
            ["message"] = "Merge",
            ["tree"] = new JsonObject { ["sha"] = sha, ["url"] = url },
            ["parents"] = Json.Array(parents.Select(parent => new JsonObject { ["sha"] = parent, ["url"] = url, ["html_url"] = url })),
            ["verification"] = new JsonObject
            {
                ["verified"] = false,
                ["reason"] = "unsigned",
                ["signature"] = null,
                ["payload"] = null,
                ["verified_at"] = null,
            },
        };
    }

    private static JsonObject Person() =>
        new() { ["name"] = "Octo Cat", ["email"] = "octocat@example.com", ["date"] = "2026-01-01T00:00:00Z" };

    private static string Api(GitHubStandIn standIn) => $"{standIn.Url}/repos/{standIn.Repository.FullName}";
}
