using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;

namespace GateAction.GitHub.Overrides;

/// <summary>A waiver by a comment that does not count.</summary>
/// <param name="Sentence">Which one it is and why.</param>
internal sealed record RefusedWaiver(string Criterion, IssueComment Comment, bool IsAnswered, string Sentence);

/// <summary>What the comments of a pull request say about a gate's criteria.</summary>
internal sealed record WaiverRecord(IReadOnlyList<Waiver> Waivers, IReadOnlyList<RefusedWaiver> Refused)
{
    public static readonly WaiverRecord Empty = new([], []);
}

/// <summary>
/// Reads the waivers that stand in the comments of a pull request. The comments are the record: they are read again on every run, and so is
/// the role of who wrote them, so that nothing has to be believed that an earlier run said.
/// </summary>
internal sealed class CommentWaivers(RepositoryApi client, int pullRequest, Gate gate, DateTimeOffset now)
{
    /// <summary>Everybody may write comments: the roles of so many people are asked for, those who wrote last first.</summary>
    private const int MostAuthors = 20;

    private readonly WaiverRules _rules = new(gate, now);

    /// <param name="criteria">The criteria that need one.</param>
    public async Task<WaiverRecord> ReadAsync(IReadOnlySet<string> criteria, CancellationToken cancellation)
    {
        var entries = await EntriesAsync(criteria, cancellation);
        if (entries.Count == 0)
            return WaiverRecord.Empty;
        var nodes = (await client.Comments.NodesAsync([.. entries.Select(entry => entry.Comment.NodeId!).Distinct()], cancellation))
            .ToDictionary(node => node.Id, StringComparer.Ordinal);
        var roles = await RolesAsync(entries, cancellation);
        var standing = new Dictionary<string, Waiver>(StringComparer.Ordinal);
        var refused = new Dictionary<string, RefusedWaiver>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            // A comment that is gone by now says nothing.
            if (nodes.TryGetValue(entry.Comment.NodeId!, out var node))
                Apply(entry, node, roles[entry.Comment.Author!], standing, refused);
        }
        return new([.. standing.Values], [.. refused.Values.Where(refusal => !standing.ContainsKey(refusal.Criterion))]);
    }

    private void Apply(
        Entry entry, CommentNode node, AuthorRole role, Dictionary<string, Waiver> standing, Dictionary<string, RefusedWaiver> refused)
    {
        var (criterion, author) = (entry.Command.Criterion, entry.Comment.Author!);
        var problem = role.Permission is { } permission ? _rules.WhyNotBy(author, permission) : role.Problem;
        if (entry.Command is UnwaiveCommand)
        {
            // To end one is always safe, so it counts if it was edited too.
            if (problem is null)
                _ = standing.Remove(criterion) | refused.Remove(criterion);
            return;
        }
        var command = (WaiveCommand)entry.Command;
        problem = _rules.WhyNotNow(command, entry.Comment.CreatedAt, node.LastEditedAt is not null) ?? problem;
        if (problem is not null)
        {
            // A stranger gets no answer, so that nobody can make the gate write.
            if (role.Permission is null || !role.Permission.IsStranger)
            {
                var sentence = $"the waiver of '{criterion}' by {author} does not count: {problem}";
                refused[criterion] = new(criterion, entry.Comment, node.HasOwn(Reaction.Refused), sentence);
            }
            return;
        }
        var until = entry.Comment.CreatedAt + command.Duration;
        refused.Remove(criterion);
        standing[criterion] =
            new(criterion, command.Reason, author, DateOnly.FromDateTime(until.UtcDateTime), new(entry.Comment.HtmlUrl, 1, 1))
            {
                Comment = new(entry.Comment.HtmlUrl, until),
            };
    }

    /// <summary>Oldest first.</summary>
    private async Task<List<Entry>> EntriesAsync(IReadOnlySet<string> criteria, CancellationToken cancellation)
    {
        var entries = new List<Entry>();
        await foreach (var comment in client.Comments.ListAsync(pullRequest, cancellation))
        {
            if (comment is not { IsByPerson: true, Author: not null, NodeId: not null })
                continue;
            entries.AddRange(CommentCommands.Read(comment.Body)
                .OfType<WaiverCommand>()
                .Where(command => command.IsFor(gate.Name) && criteria.Contains(command.Criterion))
                .Select(command => new Entry(comment, command)));
        }
        // By GitHub's time, then by number: of two comments of one second the later one has the higher number, and the last word counts.
        entries.Sort((one, other) => (one.Comment.CreatedAt, one.Comment.Id).CompareTo((other.Comment.CreatedAt, other.Comment.Id)));
        return entries;
    }

    private async Task<Dictionary<string, AuthorRole>> RolesAsync(List<Entry> entries, CancellationToken cancellation)
    {
        var roles = new Dictionary<string, AuthorRole>(StringComparer.Ordinal);
        foreach (var author in entries.AsEnumerable().Reverse().Select(entry => entry.Comment.Author!).Distinct())
        {
            roles[author] = roles.Count < MostAuthors
                ? await RoleAsync(author, cancellation)
                : new(null, $"more than {MostAuthors} people wrote waivers here, and the roles of the last {MostAuthors} are read");
        }
        return roles;
    }

    private async Task<AuthorRole> RoleAsync(string author, CancellationToken cancellation)
    {
        try
        {
            return new(await client.PermissionOfAsync(author, cancellation), null);
        }
        catch (GitHubException exception) when (exception.IsNotFound)
        {
            // GitHub answers 404 for an account that is gone: nobody's waiver.
            return new(new("none"), null);
        }
        catch (GitHubException exception)
        {
            return new(null, $"the role of {author} could not be read ({exception.Message})");
        }
    }

    private sealed record Entry(IssueComment Comment, WaiverCommand Command);

    private sealed record AuthorRole(CollaboratorPermission? Permission, string? Problem);
}
