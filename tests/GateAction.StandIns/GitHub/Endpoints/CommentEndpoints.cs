using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>https://docs.github.com/rest/issues/comments</summary>
internal static class CommentEndpoints
{
    private const int MostCharacters = 65_536;

    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        var repository = standIn.Repository;
        routes.MapGet("/issues/{number:int}/comments", (int number, HttpContext context) =>
            repository.Pulls.Exists(pull => pull.Number == number)
                ? Paging.Page(context,
                repository.Comments.Where(comment => comment.Issue == number).Select(comment => Describe(standIn, comment)))
                : Errors.NotFound)
            .WithMetadata(Needs.Read("pull-requests"));
        routes.MapPost("/issues/{number:int}/comments", async (int number, HttpContext context) =>
            Create(standIn, number, await Json.ReadAsync(context.Request), context))
            .WithMetadata(Needs.Write("pull-requests"));
        routes.MapGet("/issues/comments/{id:long}", (long id) =>
                repository.Comments.Find(comment => comment.Id == id) is { } found ? Json.Of(Describe(standIn, found)) : Errors.NotFound)
            .WithMetadata(Needs.Read("pull-requests"));
        routes.MapPatch("/issues/comments/{id:long}", async (long id, HttpContext context) =>
            Update(standIn, id, await Json.ReadAsync(context.Request), context))
            .WithMetadata(Needs.Write("pull-requests"));
        routes.MapPost("/issues/comments/{id:long}/reactions",
                async (long id, HttpContext context) => React(standIn, id, await Json.ReadAsync(context.Request), context))
            .WithMetadata(Needs.Write("pull-requests"));
        routes.MapDelete("/issues/comments/{id:long}", (long id) => repository.Comments.RemoveAll(comment => comment.Id == id) > 0
            ? HttpResults.NoContent()
            : Errors.NotFound)
            .WithMetadata(Needs.Write("pull-requests"));
    }

    private static IResult Create(GitHubStandIn standIn, int number, JsonObject? body, HttpContext context)
    {
        if (!standIn.Repository.Pulls.Exists(pull => pull.Number == number))
            return Errors.NotFound;
        if (Check(body) is { } refused)
            return refused;
        var created = new Comment(
            standIn.Repository.NextId(), number, (string)context.Items["login"]!, Json.Text(body!, "body")!, standIn.Time.GetUtcNow());
        standIn.Repository.Comments.Add(created);
        return Json.Of(Describe(standIn, created), 201);
    }

    private static IResult Update(GitHubStandIn standIn, long id, JsonObject? body, HttpContext context)
    {
        var comments = standIn.Repository.Comments;
        var index = comments.FindIndex(comment => comment.Id == id);
        if (index < 0)
            return Errors.NotFound;
        if (comments[index].Author != (string)context.Items["login"]!)
            return Errors.NotAccessible;
        if (Check(body) is { } refused)
            return refused;
        comments[index] = comments[index]
            with
        { Body = Json.Text(body!, "body")!, Edits = comments[index].Edits + 1, EditedAt = standIn.Time.GetUtcNow() };
        return Json.Of(Describe(standIn, comments[index]));
    }

    private static IResult React(GitHubStandIn standIn, long id, JsonObject? body, HttpContext context)
    {
        if (!standIn.Repository.Comments.Exists(comment => comment.Id == id))
            return Errors.NotFound;
        if (body is null || Json.Text(body, "content") is not { } content || !GraphEndpoints.Reactions.ContainsKey(content))
            return Errors.Invalid("Reaction", "content", "content is not included in the list", "invalid");
        var login = (string)context.Items["login"]!;
        var isNew = standIn.Repository.Reactions.Add((id, content, login));
        return Json.Of(
            new JsonObject
            {
                ["id"] = (id * 10) + content.Length,
                ["node_id"] = Accounts.Node("REA", id),
                ["user"] = Accounts.User(login),
                ["content"] = content,
                ["created_at"] = Json.Time(standIn.Time.GetUtcNow()),
            },
            isNew ? 201 : 200);
    }

    private static IResult? Check(JsonObject? body) => body is null || Json.Text(body, "body") is not { } text
        ? Errors.Of(422, "Invalid request.\n\n\"body\" wasn't supplied.")
        : string.IsNullOrWhiteSpace(text)
            ? Errors.Invalid("IssueComment", "data", "Body cannot be blank", "unprocessable")
            : text.Length > MostCharacters
                ? Errors.Invalid("IssueComment", "data", $"Body is too long (maximum is {MostCharacters} characters)", "unprocessable")
                : null;

    public static JsonObject Describe(GitHubStandIn standIn, Comment comment) => new()
    {
        ["id"] = comment.Id,
        ["node_id"] = Accounts.Node("IC", comment.Id),
        ["url"] = $"{standIn.Url}/repos/{standIn.Repository.FullName}/issues/comments/{comment.Id}",
        ["html_url"] = $"https://github.example.com/{standIn.Repository.FullName}/pull/{comment.Issue}#issuecomment-{comment.Id}",
        ["issue_url"] = $"{standIn.Url}/repos/{standIn.Repository.FullName}/issues/{comment.Issue}",
        ["body"] = comment.Body,
        ["user"] = comment.Author.Length == 0 ? null : Accounts.User(comment.Author),
        ["created_at"] = Json.Time(comment.CreatedAt),
        ["updated_at"] = Json.Time(comment.UpdatedAt ?? comment.EditedAt ?? comment.CreatedAt),
        ["author_association"] = "NONE",
    };
}
