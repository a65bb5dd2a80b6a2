namespace GateAction.GitHub.Api;

/// <summary>A comment of an issue or pull request.</summary>
internal sealed record IssueComment(long Id, string HtmlUrl, string? Body = null, User? User = null);

/// <summary>A comment to write, at most 65,536 characters.</summary>
internal sealed record NewIssueComment(string Body);
