namespace GateAction.GitHub.Api;

/// <summary>What a token must be allowed to do, in the words of a workflow's <c>permissions:</c> block.</summary>
/// <param name="Level"><c>read</c> or <c>write</c>.</param>
/// <param name="Purpose">What it lets the gate do, after "the token may not".</param>
internal sealed record Permission(string Scope, string Level, string Purpose)
{
    public static readonly Permission StatusesRead = new("statuses", "read", "read commit statuses");
    public static readonly Permission StatusesWrite = new("statuses", "write", "set commit statuses");
    public static readonly Permission ChecksRead = new("checks", "read", "read check runs");
    public static readonly Permission ChecksWrite = new("checks", "write", "create check runs");
    public static readonly Permission CommentsRead = new("pull-requests", "read", "read the comments of the pull request");
    public static readonly Permission CommentsWrite = new("pull-requests", "write", "comment on the pull request");
    public static readonly Permission PullRequestsRead = new("pull-requests", "read", "read pull requests");
    public static readonly Permission ContentsRead = new("contents", "read", "read the repository's files");
    public static readonly Permission ActionsRead = new("actions", "read", "read workflow runs and their artifacts");
    public static readonly Permission ActionsWrite = new("actions", "write", "re-run workflow runs");
    public static readonly Permission DeploymentsRead = new("deployments", "read", "read deployments");
    public static readonly Permission MetadataRead = new("metadata", "read", "read the repository");
    public static readonly Permission AdministrationRead = new("administration", "read", "read branch protection");
    public static readonly Permission AdministrationWrite = new("administration", "write", "change branch protection");

    /// <summary>The line that goes under <c>permissions:</c>.</summary>
    public string Yaml => $"{Scope}: {Level}";

    /// <summary>How to give it. Administration cannot be given in a workflow file.</summary>
    public string Repair => Scope == "administration"
        ? $"pass a token of an administrator with '{Yaml}' as 'github-token'"
        : $"add 'permissions: {{ {Yaml} }}' to the job";
}
