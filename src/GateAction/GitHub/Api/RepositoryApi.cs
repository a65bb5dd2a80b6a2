using System.Text.Json.Serialization;
using GateAction.Core.Model;
using static GateAction.GitHub.Api.AnswerMembers;

namespace GateAction.GitHub.Api;

/// <summary>A repository as GitHub writes it: <c>owner/name</c>.</summary>
internal sealed record RepositoryName(string Owner, string Name)
{
    public static RepositoryName Parse(string text) => TryParse(text)
        ?? throw new GateException($"'{text}' is not a repository: GITHUB_REPOSITORY must read 'owner/name'");

    /// <summary>Null for what could lead elsewhere in an address.</summary>
    public static RepositoryName? TryParse(string text) =>
        text.Split('/') is [var owner, var name] && IsName(owner) && IsName(name) ? new(owner, name) : null;

    public override string ToString() => $"{Owner}/{Name}";

    /// <summary>An address below the repository, for calls that Octokit lacks.</summary>
    public Uri Path(string rest) => new($"repos/{Owner}/{Name}/{rest}", UriKind.Relative);

    private static bool IsName(string text) =>
        text is not ("" or "." or "..") && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}

/// <summary>A repository as far as the gate needs it.</summary>
internal sealed record RepositoryInfo(string FullName, string DefaultBranch);

/// <summary>A question to GraphQL (https://docs.github.com/graphql), below the API's address on github.com, beside it on an Enterprise
/// Server.</summary>
internal sealed record GraphQuery(string Query);

internal sealed record ViewerAnswer(ViewerData? Data = null);

internal sealed record ViewerData(User? Viewer = null);

/// <summary>What an account may do in a repository: <c>admin write read none</c>.</summary>
/// <param name="RoleName">The finer word, as <c>maintain</c> or an organization's own; null on a server that does not tell it.</param>
internal sealed record CollaboratorPermission(string Permission, string? RoleName = null)
{
    public string Role => RoleName ?? Permission;

    /// <summary>True for what anybody could have: comments of such an account get no answer.</summary>
    public bool IsStranger => Role is "none" or "read";

    public bool MayWrite => Permission is "admin" or "write" || Role is "maintain";
}

/// <summary>A branch and the commit at its tip.</summary>
internal sealed record Branch(string Name, BranchCommit Commit);

internal sealed record BranchCommit(string Sha);

internal sealed record GitCommit(IReadOnlyList<BranchCommit> Parents);

/// <summary>Two commits compared. <c>Status</c> is <c>ahead</c> if the second builds on the first, else <c>behind diverged
/// identical</c>.</summary>
internal sealed record CommitComparison(string Status, IReadOnlyList<ComparedFile>? Files = null);

/// <summary>One file that differs between two commits.</summary>
internal sealed record ComparedFile([property: JsonPropertyName("filename")] string FileName, string? PreviousFilename = null);

/// <summary>One entry of a repository at a commit. <c>Type</c> is <c>file dir symlink submodule</c>.</summary>
internal sealed record RepositoryContent(string Type, string Path, long Size, string? Encoding = null, string? Content = null,
    string? Target = null)
{
    /// <summary>What a folder holds.</summary>
    public IReadOnlyList<RepositoryEntry>? Entries { get; init; }
}

internal sealed record RepositoryEntry(string Type, string Path);

/// <summary>GitHub's REST API for one repository, as far as the gate needs it, by Octokit's clients.</summary>
internal sealed class RepositoryApi : IDisposable
{
    /// <summary>GitHub lists no more files of a comparison than this.</summary>
    public const int MostCompared = 300;

    private readonly Calls _calls;
    private readonly RepositoryName _repository;

    /// <param name="token">Null reads as anybody may.</param>
    public RepositoryApi(Uri apiUrl, string? token, RepositoryName repository, TimeProvider time, ConnectionLimits? limits = null)
    {
        _calls = new(apiUrl, token, time, limits ?? ConnectionLimits.Default);
        _repository = repository;
        Statuses = new(_calls, repository);
        Checks = new(_calls, repository);
        PullRequests = new(_calls, repository);
        Comments = new(_calls, repository);
        Actions = new(_calls, repository);
        Deployments = new(_calls, repository);
        Rules = new(_calls, repository);
    }

    public StatusesApi Statuses { get; }

    public ChecksApi Checks { get; }

    public PullRequestsApi PullRequests { get; }

    public CommentsApi Comments { get; }

    public ActionsApi Actions { get; }

    public DeploymentsApi Deployments { get; }

    public RulesApi Rules { get; }

    public Task<RepositoryInfo> GetAsync(CancellationToken cancellation) => _calls.SendAsync(
        Permission.MetadataRead,
        client => client.Repository.Get(_repository.Owner, _repository.Name),
        found => new RepositoryInfo(Required(found?.FullName, "full_name"), Required(found!.DefaultBranch, "default_branch")),
        cancellation);

    /// <summary>
    /// The account that the token writes as. A person's token tells it at <c>GET /user</c>; the token of an app, as a workflow's own is
    /// one, only by GraphQL.
    /// </summary>
    public async Task<string> LoginAsync(CancellationToken cancellation)
    {
        try
        {
            return await _calls.SendAsync(
                Permission.MetadataRead, client => client.GetAsync<User>(new("user", UriKind.Relative)), found =>
                Required(found, "user").Login, cancellation);
        }
        // Which of the two a token may ask cannot be told by looking at it: GITHUB_TOKEN gets 403 there ("Resource not accessible by
        // integration").
        catch (GitHubException)
        {
            return await _calls.SendAsync(
                Permission.MetadataRead,
                client => client.PostAsync<ViewerAnswer>(new("../graphql", UriKind.Relative), new GraphQuery("query { viewer { login } }")),
                found => Required(found?.Data?.Viewer?.Login, "login"),
                cancellation);
        }
    }

    public Task<CollaboratorPermission> PermissionOfAsync(string login, CancellationToken cancellation) => _calls.SendAsync(
        Permission.MetadataRead,
        client => client.GetAsync<CollaboratorPermission>(_repository.Path($"collaborators/{Uri.EscapeDataString(login)}/permission")),
        found => Required(found, "permission"),
        cancellation);

    /// <summary>The commit at the tip of a branch, never that of a tag of the same name.</summary>
    public Task<string> TipAsync(string branch, CancellationToken cancellation) => _calls.SendAsync(
        Permission.ContentsRead,
        client => client.GetAsync<Branch>(_repository.Path($"branches/{Uri.EscapeDataString(branch)}")),
        found => Required(found, "branch").Commit.Sha,
        cancellation);

    /// <summary>The commit that a branch, a tag or a commit's own name stands for; null if there is none.</summary>
    public async Task<string?> ResolveAsync(string reference, CancellationToken cancellation)
    {
        var address = string.Join('/', reference.Split('/').Select(Uri.EscapeDataString));
        try
        {
            return await _calls.SendAsync(
                Permission.ContentsRead,
                client => client.GetAsync<BranchCommit>(_repository.Path($"commits/{address}")),
                found => Required(found?.Sha, "sha"),
                cancellation);
        }
        // GitHub answers 409 in an empty repository and 422 for a text that can be no commit.
        catch (GitHubException exception) when (exception.IsNotFound || (int?)exception.Status is 409 or 422)
        {
            return null;
        }
    }

    /// <summary>The commits that a commit builds on; a merge has two.</summary>
    public Task<IReadOnlyList<string>> ParentsAsync(string sha, CancellationToken cancellation) => _calls.SendAsync(
        Permission.ContentsRead,
        client => client.GetAsync<GitCommit>(_repository.Path($"git/commits/{Uri.EscapeDataString(sha)}")),
        found => (IReadOnlyList<string>)[.. Required(found, "commit").Parents.Select(parent => parent.Sha)],
        cancellation);

    /// <summary>What a commit changes against an earlier one. GitHub lists <see cref="MostCompared"/> files at most.</summary>
    public Task<CommitComparison> CompareAsync(string earlier, string later, CancellationToken cancellation) => _calls.SendAsync(
        Permission.ContentsRead,
        client => client.GetAsync<CommitComparison>(
        _repository.Path($"compare/{Uri.EscapeDataString(earlier)}...{Uri.EscapeDataString(later)}")),
        found => Required(found, "comparison"),
        cancellation);

    /// <summary>
    /// The entry at a path and commit; null if there is none. A folder has the type <c>dir</c> and no content: Octokit cannot tell one
    /// that holds a single file from that file.
    /// </summary>
    public async Task<RepositoryContent?> ContentAsync(string path, string sha, CancellationToken cancellation)
    {
        var parts = path.Split('/');
        // Uri would resolve them, and the request would lead to another endpoint than the contents of the repository.
        if (parts.Any(part => part is "." or ".."))
            return null;
        var address = _repository.Path($"contents/{string.Join('/', parts.Select(Uri.EscapeDataString))}?ref={Uri.EscapeDataString(sha)}");
        try
        {
            return await _calls.SendAsync(
                Permission.ContentsRead,
                // This media type alone makes GitHub say which of the two it is; by default a folder is a bare list.
                client => client.GetAsync<RepositoryContent>(address, "application/vnd.github.object+json"),
                found => Required(found, "content"),
                cancellation);
        }
        catch (GitHubException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    public void Dispose() => _calls.Dispose();
}
