using System.Text.Json;
using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Overrides;

namespace GateAction.GitHub.Events;

/// <summary>
/// A comment on a pull request that asks something of the gate (<see cref="GateCommands"/>). Anybody may comment: what is no command, and
/// what an app wrote, costs no request, and what a stranger wrote costs one.
/// </summary>
internal static class IssueCommentEvent
{
    public static async Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        var here = source.OfJob();
        var commands = GateCommands.Read(source.Payload.Text("comment", "body"));
        var before = GateCommands.Read(source.Payload.Text("changes", "body", "from"));
        if (source.Payload.At("issue", "pull_request") is null || commands.Count + before.Count == 0)
            return here with { Ignored = "the comment is no '/gate' command on a pull request" };
        var author = source.Payload.Text("comment", "user", "login") ?? throw new JsonException("its 'comment' has no 'user'");
        if (source.Payload.Text("comment", "user", "type") is "Bot" || author.EndsWith("[bot]", StringComparison.Ordinal))
            return here with { Ignored = $"'{author}' is an app, and commands are followed of people only" };
        var client = source.Client ?? throw new GateException("'/gate' commands need a token: pass 'github-token: ${{ github.token }}'");
        var request = new CommentRequest(
            source.Action == "deleted" ? null : source.Payload.Whole("comment", "id"),
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
        if (WaiverRules.IsStranger(permission))
            return source.OfJob() with { Ignored = $"'{request.Author}' may not write to this repository, which '/gate' commands need" };
        var number = source.Payload.Whole("issue", "number") ?? throw new JsonException("its 'issue' has no 'number'");
        var pull = await client.PullRequests.GetAsync((int)number, cancellation);
        var found = PullRequestEvent.Of(source, pull) with
        {
            UntrustedBecause = PullRequestEvent.Fork(pull),
            Asked = request with { Permission = permission },
        };
        return pull.State == "open" ? found : found with { Ignored = $"pull request #{pull.Number} is {pull.State}" };
    }
}
