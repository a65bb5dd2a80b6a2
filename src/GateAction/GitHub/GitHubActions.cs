namespace GateAction.GitHub;

/// <summary>GitHub Actions as an app on github.com: the source of every status that a workflow's own token sets.</summary>
internal static class GitHubActions
{
    public const long AppId = 15368;
}
