using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>A pull request as GitHub describes it in answers and event payloads.</summary>
internal static class PullAnswer
{
    private static readonly string[] Links =
        ["comments", "commits", "statuses", "html", "issue", "review_comments", "review_comment", "self"];

    private static readonly string[] Counts = ["additions", "changed_files", "comments", "commits", "deletions", "review_comments"];

    /// <param name="isWhole">False in lists, which leave the counts out.</param>
    public static JsonObject Describe(GitHubStandIn standIn, Pull pull, bool isWhole = false)
    {
        var repository = standIn.Repository;
        var url = $"{standIn.Url}/repos/{repository.FullName}/pulls/{pull.Number}";
        var answer = new JsonObject
        {
            ["url"] = url,
            ["id"] = 5000 + pull.Number,
            ["node_id"] = Accounts.Node("PR", pull.Number),
            ["html_url"] = $"https://github.example.com/{repository.FullName}/pull/{pull.Number}",
            ["number"] = pull.Number,
            ["state"] = pull.State,
            ["locked"] = false,
            ["title"] = pull.Title,
            ["user"] = Accounts.User(pull.Author),
            ["body"] = null,
            ["labels"] = Json.Array(pull.Labels.Select(Label)),
            ["draft"] = pull.IsDraft,
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["updated_at"] = "2026-01-01T00:00:00Z",
            ["author_association"] = "NONE",
            ["head"] = End(repository, pull.Fork ?? repository.FullName, pull.HeadBranch, pull.HeadSha),
            ["base"] = End(repository, repository.FullName, pull.BaseBranch, pull.BaseSha),
            ["_links"] = new JsonObject(Links.Select(link =>
                KeyValuePair.Create(link, (JsonNode?)new JsonObject { ["href"] = $"{url}/{link}" }))),
        };
        foreach (var name in new[] { "assignee", "milestone", "auto_merge", "closed_at", "merged_at", "merge_commit_sha" })
            answer[name] = null;
        foreach (var name in new[] { "comments", "commits", "diff", "issue", "patch", "review_comment", "review_comments", "statuses" })
            answer[$"{name}_url"] = $"{url}/{name}";
        if (isWhole)
            AddCounts(answer);
        return answer;
    }

    private static void AddCounts(JsonObject answer)
    {
        foreach (var name in Counts)
            answer[name] = 1;
        answer["merged"] = false;
        answer["merged_by"] = null;
        answer["mergeable"] = true;
        answer["mergeable_state"] = "clean";
        answer["maintainer_can_modify"] = false;
    }

    private static JsonObject End(RepositoryState repository, string fullName, string branch, string sha) => new()
    {
        ["label"] = $"{fullName.Split('/')[0]}:{branch}",
        ["ref"] = branch,
        ["sha"] = sha,
        ["user"] = Accounts.User(fullName.Split('/')[0]),
        ["repo"] = Accounts.Repository(fullName, repository.DefaultBranch),
    };

    private static JsonObject Label(string name) => new()
    {
        ["id"] = 1,
        ["node_id"] = Accounts.Node("LA", name),
        ["url"] = $"https://api.example.com/labels/{name}",
        ["name"] = name,
        ["description"] = null,
        ["color"] = "ededed",
        ["default"] = false,
    };
}
