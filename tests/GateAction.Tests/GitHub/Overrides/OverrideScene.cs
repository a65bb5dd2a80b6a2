using System.IO.Compression;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;
using GateAction.Tests.EndToEnd;

namespace GateAction.Tests.GitHub.Overrides;

/// <summary>A pull request whose gate is met but for its database, and people who comment on it.</summary>
internal sealed class OverrideScene : IAsyncDisposable
{
    public const string Manifest = """
        version: 1
        name: staging
        probes:
          arch: { file: arch.json }
          database: { file: database.json }
        criteria:
          compliant: arch.json.violations == 0
          database: database.json.ok == true
        """;

    public const string Policy = "\noverride: { roles: [maintain, admin], within: 7d }\n";

    private readonly GateScene _scene;

    private OverrideScene(GateScene scene, string manifest)
    {
        _scene = scene;
        Repository.AddCommit("main", (".github/gate.yml", manifest));
        scene.Pull.BaseSha = Repository.Branches["main"];
        Repository.Collaborators["maintainer"] = "maintain";
        Repository.Collaborators["writer"] = "write";
    }

    public GitHubStandIn GitHub => _scene.GitHub;

    public RepositoryState Repository => _scene.GitHub.Repository;

    public Pull Pull => _scene.Pull;

    public List<Comment> Comments => Repository.Comments;

    public Comment OwnComment => Comments.First(comment => comment.Author == "github-actions[bot]");

    public DateTimeOffset Now => _scene.Time.GetUtcNow();

    public Status Last => Repository.Statuses[^1];

    public bool IsDatabaseUp { get; set; }

    public StandInJob? LastJob { get; private set; }

    public static async Task<OverrideScene> StartAsync(string manifest = Manifest + Policy) => new(await GateScene.StartAsync(), manifest);

    public Comment Say(string author, string body, TimeSpan? ago = null)
    {
        var comment = new Comment(Repository.NextId(), Pull.Number, author, body,
            Now - (ago ?? TimeSpan.FromMinutes(5)));
        Comments.Add(comment);
        return comment;
    }

    public void Change(Comment comment, Func<Comment, Comment> change) => Comments[Comments.IndexOf(comment)] = change(comment);

    public IEnumerable<string> ReactionsTo(Comment comment) =>
        Repository.Reactions.Where(reaction => reaction.Comment == comment.Id).Select(reaction => reaction.Content).Order();

    /// <summary>A run of the pull request's own workflow.</summary>
    public Task<ProgramRun> RunAsync(long runId = 100) => RunAsync(StandInJob.PullRequest(GitHub, Pull, runId: runId));

    public async Task<ProgramRun> RunAsync(StandInJob job, params string[] arguments)
    {
        LastJob = _scene.Keep(job);
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "arch.json"), """{"violations":0}""");
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "database.json"), IsDatabaseUp ? """{"ok":true}""" : """{"ok":false}""");
        return await ProgramRun.InAsync(job.Directory, name => job[name], _scene.Time, CancellationToken.None, ["run", .. arguments]);
    }

    /// <summary>A run of the pull request's workflow, which leaves its report as an artifact.</summary>
    public async Task MeasureAsync(long runId, string? conclusion = "failure", string report = "status")
    {
        var job = StandInJob.PullRequest(GitHub, Pull, runId: runId);
        await RunAsync(job, "--report", report);
        Repository.Runs.Add(new(runId, "gate.yml", "feature", Pull.HeadSha, "pull_request", conclusion));
        var evidence = await File.ReadAllBytesAsync(Path.Combine(job.Directory, "gate-report", "evidence.json"));
        Repository.Artifacts.Add(new(Repository.NextId(), runId, "gate-report", Zip(evidence)));
    }

    /// <summary>The run that a comment sets off.</summary>
    public async Task<ProgramRun> FollowAsync(
        Comment comment, string action = "created", long runId = 300, string report = "status")
    {
        Repository.Runs.Add(new(runId, "commands.yml", "main", Repository.Branches["main"], "issue_comment", null));
        return await RunAsync(
            StandInJob.IssueComment(GitHub, comment, action, runId), "--report", report);
    }

    public static byte[] Zip(byte[] evidence)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("evidence.json").Open())
            entry.Write(evidence);
        return zip.ToArray();
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();
}
