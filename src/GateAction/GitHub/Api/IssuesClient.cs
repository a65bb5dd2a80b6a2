namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/issues</summary>
internal sealed class IssuesClient(Endpoints endpoints)
{
    public IssueCommentsClient Comment { get; } = new(endpoints);
}
