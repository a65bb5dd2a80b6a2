using System.Text.Json.Serialization;
using static GateAction.GitHub.Api.AnswerMembers;

namespace GateAction.GitHub.Api;

/// <summary>An account; a workflow's own token is <c>github-actions[bot]</c>.</summary>
internal sealed record User(string Login);

/// <summary>A pull request as GitHub describes it in answers and event payloads.</summary>
internal sealed record PullRequest(
    int Number,
    string State,
    PullRequestEnd Head,
    PullRequestEnd Base,
    string? Title = null,
    bool? Draft = null,
    User? User = null,
    IReadOnlyList<Label>? Labels = null)
{
    /// <summary>True also if the fork was deleted.</summary>
    public bool IsFromFork => Head.Repo?.FullName is not { } head || head != Base.Repo?.FullName;
}

/// <summary>One end of a pull request; <c>Repo</c> is null if a fork was deleted.</summary>
internal sealed record PullRequestEnd(string Ref, string Sha, RepositoryReference? Repo = null);

/// <summary>A repository as a pull request names it.</summary>
internal sealed record RepositoryReference(string FullName, string? DefaultBranch = null);

internal sealed record Label(string Name);

/// <summary>One file that a pull request changes.</summary>
/// <param name="Sha">Git's name of its content on the head.</param>
/// <param name="Patch">Its hunks; GitHub leaves out those of large files.</param>
internal sealed record PullRequestFile(string FileName, string? PreviousFileName, string? Sha, int Additions, string? Patch);

/// <summary>https://docs.github.com/rest/pulls/pulls</summary>
internal sealed class PullRequestsApi(Calls calls, RepositoryName repository)
{
    /// <summary>GitHub lists no more files of a pull request than this.</summary>
    public const int MostFiles = 3000;

    public Task<PullRequest> GetAsync(int number, CancellationToken cancellation) => calls.SendAsync(
        Permission.PullRequestsRead, client => client.PullRequest.Get(repository.Owner, repository.Name, number), Read, cancellation);

    public IAsyncEnumerable<PullRequestFile> FilesAsync(int number, CancellationToken cancellation) => calls.ListAsync(
        Permission.PullRequestsRead,
        (client, page) => client.PullRequest.Files(repository.Owner, repository.Name, number, page),
        found => Required(found, "files").Select(file => new PullRequestFile(
            Required(file.FileName, "filename"), file.PreviousFileName, file.Sha, file.Additions, file.Patch)),
        cancellation);

    /// <summary>The open pull requests, newest first.</summary>
    public IAsyncEnumerable<PullRequest> OpenAsync(CancellationToken cancellation) => calls.ListAsync(
        Permission.PullRequestsRead,
        (client, page) => client.PullRequest.GetAllForRepository(
            repository.Owner, repository.Name, new Octokit.PullRequestRequest { State = Octokit.ItemStateFilter.Open }, page),
        found => Required(found, "pull requests").Select(Read),
        cancellation);

    /// <summary>The open pull requests from a branch, of this repository or of a fork's owner.</summary>
    public IAsyncEnumerable<PullRequest> OfBranchAsync(string? owner, string branch, CancellationToken cancellation)
    {
        var request = new Octokit.PullRequestRequest
        { State = Octokit.ItemStateFilter.Open, Head = $"{owner ?? repository.Owner}:{branch}" };
        return calls.ListAsync(
            Permission.PullRequestsRead,
            (client, page) => client.PullRequest.GetAllForRepository(repository.Owner, repository.Name, request, page),
            found => Required(found, "pull requests").Select(Read),
            cancellation);
    }

    /// <summary>The pull requests that a commit belongs to, also those that are closed.</summary>
    public IAsyncEnumerable<PullRequest> OfCommitAsync(string sha, CancellationToken cancellation) => calls.ListAsync(
        Permission.PullRequestsRead,
        (client, page) => client.Repository.Commit.PullRequests(repository.Owner, repository.Name, sha, page),
        found => Required(found, "pull requests").Select(pull =>
            Read(pull.Number, pull.State, pull.Head, pull.Base, pull.Title, pull.Draft, pull.User, pull.Labels)),
        cancellation);

    private static PullRequest Read(Octokit.PullRequest? pull) =>
        Read(Required(pull, "pull request").Number, pull!.State, pull.Head, pull.Base, pull.Title, pull.Draft, pull.User, pull.Labels);

    private static PullRequest Read(
        int number,
        Octokit.StringEnum<Octokit.ItemState> state,
        Octokit.GitReference? head,
        Octokit.GitReference? @base,
        string? title,
        bool isDraft,
        Octokit.User? user,
        IReadOnlyList<Octokit.Label>? labels) => new(
        (int)RequiredId(number),
        Required(state.StringValue, "state"),
        End(Required(head, "head")),
        End(Required(@base, "base")),
        title,
        isDraft,
        user?.Login is { } login ? new(login) : null,
        labels?.Where(label => label.Name is not null).Select(label => new Label(label.Name)).ToList());

    private static PullRequestEnd End(Octokit.GitReference end) =>
        new(Required(end.Ref, "ref"), Required(end.Sha, "sha"),
        end.Repository is { FullName: { } name } repository ? new(name, repository.DefaultBranch) : null);
}

/// <summary>A comment of an issue or pull request.</summary>
/// <param name="Author">Null if the account is gone.</param>
internal sealed record IssueComment(long Id, string HtmlUrl, string? Body, string? Author)
{
    /// <summary>By which GraphQL knows it; null unless it comes from a list.</summary>
    public string? NodeId { get; init; }

    /// <summary>False also for the account of an app.</summary>
    public bool IsByPerson { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed record ListedComment(
    long Id, string HtmlUrl, string? NodeId = null, DateTimeOffset CreatedAt = default, string? Body = null, CommentAuthor? User = null);

internal sealed record CommentAuthor(string Login, string? Type = null);

/// <summary>
/// What GraphQL alone tells of a comment. Anybody who may write to the repository can edit it; the REST API's <c>updated_at</c> also
/// changes with other things.
/// </summary>
/// <param name="ReactionGroups">One for each reaction that GitHub knows.</param>
internal sealed record CommentNode(
    string Id,
    // The naming policy of this context is snake case, which is REST's; GraphQL writes camel case.
    [property: JsonPropertyName("lastEditedAt")] DateTimeOffset? LastEditedAt,
    [property: JsonPropertyName("reactionGroups")] IReadOnlyList<ReactionGroup> ReactionGroups)
{
    /// <summary>True if the token's own account reacted in that way.</summary>
    public bool HasOwn(Reaction reaction) => ReactionGroups.Any(group => group.Content == reaction.Word && group.ViewerHasReacted);
}

internal sealed record ReactionGroup(string Content, [property: JsonPropertyName("viewerHasReacted")] bool ViewerHasReacted);

internal sealed record NodesQuestion(string Query, NodeIds Variables);

internal sealed record NodeIds(IReadOnlyList<string> Ids);

internal sealed record NodesAnswer(CommentNodes? Data = null, IReadOnlyList<GraphError>? Errors = null);

internal sealed record CommentNodes(IReadOnlyList<CommentNode?>? Nodes = null);

internal sealed record GraphError(string? Message = null);

/// <summary>How the gate answers a comment without words.</summary>
/// <param name="Name">As the REST API calls it.</param>
/// <param name="Word">As GraphQL calls it.</param>
internal sealed record Reaction(string Name, string Word)
{
    public static readonly Reaction Seen = new("eyes", "EYES");
    public static readonly Reaction Done = new("+1", "THUMBS_UP");
    public static readonly Reaction Refused = new("-1", "THUMBS_DOWN");
    public static readonly Reaction NotUnderstood = new("confused", "CONFUSED");
}

internal sealed record NewReaction(string Content);

internal sealed record CreatedReaction(long Id, User? User = null);

/// <summary>https://docs.github.com/rest/issues/comments. Octokit asks for a list in an order, which GitHub does not document.</summary>
internal sealed class CommentsApi(Calls calls, RepositoryName repository)
{
    // GraphQL takes no more ids in one question.
    private const int MostNodes = 100;

    private const string NodesQuery =
        "query($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { id lastEditedAt reactionGroups { content viewerHasReacted } } } }";

    /// <summary>Below the API's address on github.com, beside it on an Enterprise Server.</summary>
    private static readonly Uri GraphQL = new("../graphql", UriKind.Relative);

    /// <summary>All comments, oldest first.</summary>
    public IAsyncEnumerable<IssueComment> ListAsync(int number, CancellationToken cancellation) => calls.ListAsync(
        Permission.CommentsRead,
        (client, page) => client.GetAsync<List<ListedComment>>(
            repository.Path($"issues/{number}/comments?per_page={page.PageSize}&page={page.StartPage}")),
        found => Required(found, "comments").Select(Read),
        cancellation);

    public Task<IssueComment> GetAsync(long id, CancellationToken cancellation) => calls.SendAsync(
        Permission.CommentsRead,
        client => client.GetAsync<ListedComment>(repository.Path($"issues/comments/{id}")),
        found => Read(Required(found, "comment")),
        cancellation);

    /// <summary>What GraphQL tells of comments; one that is gone is left out.</summary>
    public async Task<IReadOnlyList<CommentNode>> NodesAsync(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var found = new List<CommentNode>();
        foreach (var some in ids.Chunk(MostNodes))
        {
            // Nothing is written, so that the question can be asked again.
            found.AddRange(await calls.WriteAsync(
                Permission.CommentsRead,
                client => client.PostAsync<NodesAnswer>(GraphQL, new NodesQuestion(NodesQuery, new(some))),
                answer => Required(answer?.Data?.Nodes, answer?.Errors is [{ Message: { } message }, ..] ? $"data ({message})" : "data")
                    .OfType<CommentNode>()
                    .ToList(),
                _ => Task.FromResult<List<CommentNode>?>(null),
                cancellation));
        }
        return found;
    }

    /// <summary>Reacts to a comment, once however often it is asked; gives the account that the token writes as, if GitHub tells.</summary>
    public Task<CreatedReaction> ReactAsync(long id, Reaction reaction, CancellationToken cancellation) => calls.WriteAsync(
        Permission.CommentsWrite,
        client => client.PostAsync<CreatedReaction>(repository.Path($"issues/comments/{id}/reactions"), new NewReaction(reaction.Name)),
        found => Required(found, "reaction"),
        _ => Task.FromResult<CreatedReaction?>(null),
        cancellation);

    /// <summary>Writes a new comment, at most 65,536 characters. If an attempt's fate is unknown, a comment with the very same text
    /// tells.</summary>
    public Task<IssueComment> CreateAsync(int number, string body, CancellationToken cancellation) => calls.WriteAsync(
        Permission.CommentsWrite,
        client => client.Issue.Comment.Create(repository.Owner, repository.Name, number, body),
        Read,
        token => ListAsync(number, token).FirstOrDefaultAsync(comment => comment.Body == body, token).AsTask(),
        cancellation);

    /// <summary>Writes a comment anew; done twice it says the same.</summary>
    public Task<IssueComment> UpdateAsync(long id, string body, CancellationToken cancellation) => calls.WriteAsync(
        Permission.CommentsWrite,
        client => client.Issue.Comment.Update(repository.Owner, repository.Name, id, body),
        Read,
        _ => Task.FromResult<IssueComment?>(null),
        cancellation);

    public Task DeleteAsync(long id, CancellationToken cancellation) =>
        calls.SendAsync(Permission.CommentsWrite, client => client.Issue.Comment.Delete(repository.Owner, repository.Name, id),
        cancellation);

    private static IssueComment Read(ListedComment found) => new(RequiredId(found.Id), found.HtmlUrl, found.Body, found.User?.Login)
    {
        NodeId = found.NodeId,
        // The type may be missing; the name of an app's account ends in [bot] in every answer.
        IsByPerson = found.User is { Type: null or "User" } user && !user.Login.EndsWith("[bot]", StringComparison.Ordinal),
        CreatedAt = found.CreatedAt,
    };

    private static IssueComment Read(Octokit.IssueComment? found) =>
        new(RequiredId(Required(found, "comment").Id), Required(found!.HtmlUrl, "html_url"), found.Body, found.User?.Login);
}
