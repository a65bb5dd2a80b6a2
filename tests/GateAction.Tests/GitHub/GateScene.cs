using GateAction.GitHub;
using GateAction.GitHub.Api;
using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;
using GateAction.Surroundings;

namespace GateAction.Tests.GitHub;

/// <summary>A repository with one pull request on the stand-in, and a gate that runs for it.</summary>
internal sealed class GateScene : IAsyncDisposable
{
    public const string Manifest =
        "version: 1\nname: staging\nprobes: { arch: { file: compliance.json } }\ncriteria: { compliant: arch.json.violations == 0 }\n";

    private readonly List<StandInJob> _jobs = [];

    private GateScene(GitHubStandIn standIn, SkippingTime time)
    {
        (GitHub, Time) = (standIn, time);
        GitHub.Hanging = time.Hang;
        GitHub.Repository.AddCommit("main", (".github/gate.yml", Manifest));
        GitHub.Repository.AddCommit("feature", (".github/gate.yml", Manifest));
        Pull = GitHub.Repository.AddPull("feature", "main", "src/a.cs");
    }

    public GitHubStandIn GitHub { get; }

    public Pull Pull { get; }

    public StringWriter Out { get; } = new();

    public StringWriter Error { get; } = new();

    /// <summary>The clock of GitHub and of the gates.</summary>
    public SkippingTime Time { get; }

    /// <summary>What gates in flight told at their end.</summary>
    public List<string> Notices { get; } = [];

    public ConnectionLimits Limits { get; set; } = ConnectionLimits.Default;

    public IEnumerable<Status> FinalStatuses => GitHub.Repository.Statuses.Where(status => status.State != "pending");

    public static async Task<GateScene> StartAsync()
    {
        // Today, because some tests start the program as a process, which has a clock of its own.
        var time = new SkippingTime(TimeProvider.System.GetUtcNow()) { Attempt = ConnectionLimits.Default.Attempt };
        return new(await GitHubStandIn.StartAsync(time: time), time);
    }

    public static GateReport Report(FinalState state = FinalState.Success, string comment = "## All 14 criteria met",
        string digest = "passed") => new(
        state,
        "14 of 14 criteria met",
        (_, _) => comment,
        "# Summary",
        digest,
        state != FinalState.Success,
        [("verdict", "passed"), ("score", "100")],
        []);

    public StandInJob Job(long runId = 100)
    {
        var job = StandInJob.PullRequest(GitHub, Pull, runId: runId);
        _jobs.Add(job);
        return job;
    }

    public StandInJob Keep(StandInJob job)
    {
        _jobs.Add(job);
        return job;
    }

    public Inputs Inputs(StandInJob job) => GateAction.Surroundings.Inputs.From(Shell(job));

    public Shell Shell(StandInJob job) => GateAction.Surroundings.Shell.FromProcess() with
    {
        Out = Out,
        Error = Error,
        Environment = name => job[name],
        Directory = job.Directory,
        Time = Time,
    };

    public GitHubSession Open(StandInJob job)
    {
        var inputs = Inputs(job);
        Time.Attempt = Limits.Attempt;
        return new GitHubSession(inputs.Job!, inputs.GitHubToken, Out, Time, Limits);
    }

    public static async Task<GitHubGate> BeginAsync(GitHubSession session, GateTarget target, CancellationToken cancellation)
    {
        var gate = new GitHubGate(session, target);
        await gate.BeginAsync(cancellation);
        return gate;
    }

    /// <summary>What <c>gate run</c> does around its measuring.</summary>
    public async Task<Publication> PublishAsync(
        StandInJob job, GateReport report, ReportKind kind = ReportKind.Status, CommentMode comment = CommentMode.Always,
        string gate = "staging",
        NotifyMode notify = NotifyMode.Off)
    {
        using var session = Open(job);
        var source = await session.ReadEventAsync(CancellationToken.None);
        await using var publishing =
            await GateScene.BeginAsync(session, new(session.Job, source, gate, kind, comment) { Notify = notify }, CancellationToken.None);
        return await publishing.FinishAsync(report, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var job in _jobs)
            job.Dispose();
        await Out.DisposeAsync();
        await Error.DisposeAsync();
        await GitHub.DisposeAsync();
    }
}
