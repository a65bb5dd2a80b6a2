using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>
/// A comment on a pull request that asks something of the gate (<see cref="CommentCommands"/>). Anybody may comment: what is no command,
/// and what an app wrote, costs no request, and what a stranger wrote costs one. What the event's file says of the comment only spares
/// these requests: what is followed is read from GitHub.
/// </summary>
internal static class IssueCommentEvent
{
    public static async Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        var here = source.OfJob();
        var commands = CommentCommands.Read(source.Payload.TextAt("comment", "body"));
        var before = CommentCommands.Read(source.Payload.TextAt("changes", "body", "from"));
        if (source.Payload.At("issue", "pull_request") is null || commands.Count + before.Count == 0)
            return here with { Ignored = "the comment is no '/gate' command on a pull request" };
        var author = source.Payload.TextAt("comment", "user", "login")
            ?? throw new GateException("the comment has no author: its event's file is not whole");
        if (source.Payload.TextAt("comment", "user", "type") is "Bot" || author.EndsWith("[bot]", StringComparison.Ordinal))
            return here with { Ignored = $"'{author}' is an app, and commands are followed of people only" };
        var client = source.Client ?? throw new GateException("'/gate' commands need a token: pass 'github-token: ${{ github.token }}'");
        var request = new CommentRequest(
            source.Action == "deleted" ? null : source.Job.Fields.Whole(EventField.Comment) ?? throw Missing(EventField.Comment, source),
            author,
            new("none"),
            commands,
            source.Action == "edited",
            commands.Concat(before).Any(command => command is WaiverCommand));
        if (!request.IsNew && !request.MayHaveWaived)
            return here with { Ignored = $"the comment was {source.Action}, not created" };
        try
        {
            return await ReadRequestAsync(source, client, request, cancellation);
        }
        catch (GitHubException exception)
        {
            throw new GateException($"'/gate' cannot be followed: {exception.Message}", ExitCode.NotPublished, exception);
        }
    }

    private static async Task<GateEvent> ReadRequestAsync(
        EventSource source, RepositoryApi client, CommentRequest request, CancellationToken cancellation)
    {
        var permission = await client.PermissionOfAsync(request.Author, cancellation);
        if (permission.IsStranger)
        {
            var reason = $"'{request.Author}' may not write to this repository, which '/gate' commands need";
            return source.OfJob() with { Ignored = reason };
        }
        if (request.Comment is { } id)
        {
            var comment = await client.Comments.GetAsync(id, cancellation);
            // The permission that was asked for is that of the author in the file; a step could have put an administrator's name there.
            if (comment.Author != request.Author)
                throw new GateException(
                    $"the event's file (GITHUB_EVENT_PATH) says that '{request.Author}' wrote the comment, GitHub says '{comment.Author}': "
                    + "a step of this job has rewritten the file");
            request = request with { Commands = CommentCommands.Read(comment.Body) };
        }
        var number = source.Job.Fields.Whole(EventField.Issue) ?? throw Missing(EventField.Issue, source);
        var found = await PullRequestEvent.ReadAsync(source, (int)number, cancellation);
        return found with
        {
            UntrustedBecause = PullRequestEvent.Fork(found.PullRequest),
            Asked = request with { Permission = permission },
        };
    }

    private static GateException Missing(EventField field, EventSource source) => EventFields.Missing(field, source.Job.EventName);
}
