using System.Text.Json.Nodes;

namespace GateAction.StandIns.GitHub;

/// <summary>Accounts and repositories as they stand inside other answers: many addresses, all of one pattern.</summary>
internal static class Accounts
{
    private static readonly string[] UserLinks =
        ["followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events", "received_events"];

    private static readonly string[] RepositoryLinks =
    [
        "archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare", "contents", "contributors",
        "deployments", "downloads",
        "events", "forks", "git_commits", "git_refs", "git_tags", "hooks", "issue_comment", "issue_events", "issues", "keys", "labels",
        "languages", "merges",
        "milestones", "notifications", "pulls", "releases", "stargazers", "statuses", "subscribers", "subscription", "tags", "teams",
        "trees",
        "clone", "git", "ssh", "svn",
    ];

    public static JsonObject User(string login, string api = "https://api.github.com")
    {
        var user = new JsonObject
        {
            ["login"] = login,
            ["id"] = Id(login),
            ["node_id"] = Node("U", login),
            ["avatar_url"] = $"https://avatars.example.com/u/{Id(login)}",
            ["gravatar_id"] = "",
            ["url"] = $"{api}/users/{Uri.EscapeDataString(login)}",
            ["html_url"] = $"https://github.example.com/{Uri.EscapeDataString(login)}",
            ["type"] = login.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User",
            ["site_admin"] = false,
        };
        foreach (var link in UserLinks)
            user[$"{link}_url"] = $"{api}/users/{Uri.EscapeDataString(login)}/{link}";
        return user;
    }

    public static JsonObject Repository(string fullName, string defaultBranch, string api = "https://api.github.com")
    {
        var (owner, name) = (fullName.Split('/')[0], fullName.Split('/')[1]);
        var repository = new JsonObject
        {
            ["id"] = Id(fullName),
            ["node_id"] = Node("R", fullName),
            ["name"] = name,
            ["full_name"] = fullName,
            ["owner"] = User(owner, api),
            ["private"] = false,
            ["fork"] = false,
            ["description"] = null,
            ["url"] = $"{api}/repos/{fullName}",
            ["html_url"] = $"https://github.example.com/{fullName}",
            ["default_branch"] = defaultBranch,
            ["archived"] = false,
            ["disabled"] = false,
            ["forks"] = 0,
            ["forks_count"] = 0,
            ["has_downloads"] = true,
            ["has_issues"] = true,
            ["has_pages"] = false,
            ["has_projects"] = true,
            ["has_wiki"] = true,
            ["homepage"] = null,
            ["language"] = null,
            ["license"] = null,
            ["mirror_url"] = null,
            ["open_issues"] = 0,
            ["open_issues_count"] = 0,
            ["pushed_at"] = "2026-01-01T00:00:00Z",
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["updated_at"] = "2026-01-01T00:00:00Z",
            ["size"] = 1,
            ["stargazers_count"] = 0,
            ["watchers"] = 0,
            ["watchers_count"] = 0,
        };
        foreach (var link in RepositoryLinks)
            repository[$"{link}_url"] = $"{api}/repos/{fullName}/{link}";
        return repository;
    }

    public static string Node(string prefix, object id) =>
        $"{prefix}_{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(id.ToString()!)).TrimEnd('=')}";

    private static int Id(string name) => (int)(name.Aggregate(17u, (sum, letter) => unchecked((sum * 31) + letter)) % 1_000_000) + 1;
}
