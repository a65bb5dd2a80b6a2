using System.Security.Cryptography;
using System.Text;

namespace GateAction.StandIns.GitHub.State;

/// <summary>What the stand-in keeps of its one repository. Every access holds the lock on it.</summary>
internal sealed class RepositoryState(string owner, string name)
{
    private long _lastId = 1000;

    public string Owner { get; } = owner;

    public string Name { get; } = name;

    public string FullName => $"{Owner}/{Name}";

    public string DefaultBranch { get; set; } = "main";

    public Dictionary<string, Commit> Commits { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Branches { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>The merge commits that runs of pull requests are started on, with both parents.</summary>
    public Dictionary<string, (string Base, string Head)> Merges { get; } = new(StringComparer.Ordinal);

    public List<Pull> Pulls { get; } = [];

    public List<Status> Statuses { get; } = [];

    public List<Check> Checks { get; } = [];

    public List<Comment> Comments { get; } = [];

    /// <summary>The comment, the reaction's name and the account.</summary>
    public HashSet<(long Comment, string Content, string Login)> Reactions { get; } = [];

    /// <summary>Which runs were re-run, and whether all of their jobs.</summary>
    public List<(long Run, bool IsAll)> Reruns { get; } = [];

    public List<Run> Runs { get; } = [];

    public List<StoredArtifact> Artifacts { get; } = [];

    public List<StoredDeployment> Deployments { get; } = [];

    /// <summary>Login → role, as <c>admin maintain write triage read none</c> or one of an organization's own; anybody else has
    /// <c>read</c>.</summary>
    public Dictionary<string, string> Collaborators { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Branch → what its protection requires.</summary>
    public Dictionary<string, Protection> Protections { get; } = new(StringComparer.Ordinal);

    /// <summary>Branch → what rulesets require there: the context and its expected source.</summary>
    public Dictionary<string, List<(string Context, long? AppId)>> Rules { get; } = new(StringComparer.Ordinal);

    /// <summary>Branches that have a merge queue.</summary>
    public HashSet<string> Queues { get; } = new(StringComparer.Ordinal);

    /// <summary>Who may pass a ruleset by.</summary>
    public List<string> Bypasses { get; } = [];

    public List<(long Id, string Name)> Rulesets { get; } = [];

    public long NextId() => ++_lastId;

    /// <summary>Adds a commit with these files on a branch; its name is a digest of what it holds and follows.</summary>
    public Commit AddCommit(string branch, params (string Path, StoredFile File)[] files)
    {
        var content = string.Join('\n', files.Select(file => $"{file.Path} {Convert.ToHexString(SHA256.HashData(file.File.Bytes))}"));
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{branch} {Commits.Count} {content}"));
        var commit = new Commit(
            Convert.ToHexString(digest)[..40].ToLowerInvariant(),
            files.ToDictionary(file => file.Path, file => file.File),
            Branches.GetValueOrDefault(branch) ?? Branches.GetValueOrDefault(DefaultBranch));
        Commits[commit.Sha] = commit;
        Branches[branch] = commit.Sha;
        return commit;
    }

    /// <summary>The commit that a branch, a tag, a commit's name or its beginning stands for.</summary>
    public string? Resolve(string reference) => Tags.GetValueOrDefault(reference) ?? Branches.GetValueOrDefault(reference)
        ?? (reference.Split('/', 2) is ["tags", var tag] ? Tags.GetValueOrDefault(tag) : null)
        ?? (reference.Split('/', 2) is ["heads", var branch] ? Branches.GetValueOrDefault(branch) : null)
        ?? (reference.Length >= 7 ? Commits.Keys.FirstOrDefault(sha => sha.StartsWith(reference, StringComparison.Ordinal)) : null);

    /// <summary>What <c>refs/pull/N/merge</c> is now.</summary>
    public string Merge(Pull pull)
    {
        var (baseSha, head) = (Branches[pull.BaseBranch], pull.HeadSha);
        var sha = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{baseSha} {head}")))[..40].ToLowerInvariant();
        Merges[sha] = (baseSha, head);
        return sha;
    }

    /// <summary>True if a commit lies before another one.</summary>
    public bool IsAncestor(string earlier, string later)
    {
        for (var sha = Commits[later].Parent; sha is not null; sha = Commits[sha].Parent)
        {
            if (sha == earlier)
                return true;
        }
        return false;
    }

    public Pull AddPull(string headBranch, string baseBranch, params string[] changedFiles)
    {
        var pull = new Pull(Pulls.Count + 1, headBranch, baseBranch)
        {
            HeadSha = Branches[headBranch],
            BaseSha = Branches[baseBranch],
            Files = [.. changedFiles],
        };
        Pulls.Add(pull);
        return pull;
    }
}
