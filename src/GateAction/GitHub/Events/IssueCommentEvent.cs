using GateAction.Core.Model;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary><c>/gate rerun</c> in a comment on a pull request, by somebody who may write to the repository.</summary>
internal static class IssueCommentEvent
{
    private const string Command = "/gate rerun";

    public static async Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        var here = source.OfJob();
        if (source.Payload.At("issue", "pull_request") is null || !IsCommand(source.Payload.Text("comment", "body")))
            return here with { Ignored = $"the comment is not '{Command}' on a pull request" };
        if (source.Action is { } action and not "created")
            return here with { Ignored = $"the comment was {action}, not created" };
        var client = source.Client ?? throw new GateException($"'{Command}' needs a token: pass 'github-token: ${{{{ github.token }}}}'");
        var author = source.Payload.Text("comment", "user", "login")
            ?? throw new GateException("the comment has no author: its event's file is not whole");
        try
        {
            return await ReadCommandAsync(source, client, author, cancellation);
        }
        catch (GitHubException exception)
        {
            throw new GateException($"'{Command}' cannot be followed: {exception.Message}", ExitCode.NotPublished, exception);
        }
    }

    private static async Task<GateEvent> ReadCommandAsync(EventSource source, RepositoryApi client, string author,
        CancellationToken cancellation)
    {
        if (!(await client.PermissionOfAsync(author, cancellation)).MayWrite)
            return source.OfJob() with { Ignored = $"'{author}' may not write to this repository, which '{Command}' needs" };
        var number = source.Job.Fields.Whole(EventField.Issue) ?? throw EventFields.Missing(EventField.Issue, source.Job.EventName);
        var rerun = await PullRequestEvent.ReadAsync(source, (int)number, cancellation);
        return rerun with { UntrustedBecause = PullRequestEvent.Fork(rerun.PullRequest) };
    }

    private static bool IsCommand(string? body) =>
        body is not null && body.Split('\n').Any(line => line.Trim().Equals(Command, StringComparison.OrdinalIgnoreCase));
}
