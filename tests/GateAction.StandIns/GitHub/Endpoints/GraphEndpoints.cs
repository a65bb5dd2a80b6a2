using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>https://docs.github.com/graphql, as far as it is asked: who the token's account is, and comments by their node ids.</summary>
internal static class GraphEndpoints
{
    /// <summary>The REST API's words for them and those of GraphQL.</summary>
    public static readonly IReadOnlyDictionary<string, string> Reactions = new Dictionary<string, string>
    {
        ["+1"] = "THUMBS_UP",
        ["-1"] = "THUMBS_DOWN",
        ["laugh"] = "LAUGH",
        ["hooray"] = "HOORAY",
        ["confused"] = "CONFUSED",
        ["heart"] = "HEART",
        ["rocket"] = "ROCKET",
        ["eyes"] = "EYES",
    };

    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        // Below the API on github.com, beside it on an Enterprise Server.
        foreach (var path in new[] { "/graphql", "/api/graphql" })
            routes.MapPost(path, (Delegate)AnswerAsync);

        async Task<IResult> AnswerAsync(HttpContext context) => Answer(standIn, context, await Json.ReadAsync(context.Request));
    }

    private static IResult Answer(GitHubStandIn standIn, HttpContext context, JsonObject? body)
    {
        if (standIn.Tokens.Find(token => context.Request.Headers.Authorization == $"Bearer {token.Value}") is not { } token)
            return Errors.BadCredentials;
        var query = body is null ? null : Json.Text(body, "query");
        if (query?.Contains("viewer {", StringComparison.Ordinal) == true)
            return Data("viewer", new JsonObject { ["login"] = token.Login });
        if (query?.Contains("nodes(ids: $ids)", StringComparison.Ordinal) != true || body!["variables"]?["ids"] is not JsonArray ids)
            return Error("A query attribute must be specified and must be a string.");
        if (!token.May("pull-requests", "read"))
            return Error("Resource not accessible by integration");
        lock (standIn.Repository)
            return Data("nodes", Json.Array(ids.Select(id => Node(standIn.Repository, token, (string)id!))));
    }

    private static JsonObject? Node(RepositoryState repository, StandInToken token, string id)
    {
        if (repository.Comments.Find(comment => Accounts.Node("IC", comment.Id) == id) is not { } found)
            return null;
        var groups = Reactions.Select(reaction => new JsonObject
        {
            ["content"] = reaction.Value,
            ["viewerHasReacted"] = repository.Reactions.Contains((found.Id, reaction.Key, token.Login)),
        });
        return new()
        {
            ["id"] = id,
            ["lastEditedAt"] = found.EditedAt is { } edited ? Json.Time(edited) : null,
            ["reactionGroups"] = Json.Array(groups),
        };
    }

    private static IResult Data(string name, JsonNode value) => Json.Of(new JsonObject { ["data"] = new JsonObject { [name] = value } });

    private static IResult Error(string message) =>
        Json.Of(new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = message }) });
}
