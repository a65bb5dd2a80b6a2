using System.Globalization;
using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub.Publishing;

/// <summary>Runs, attempts and jobs that speak about one commit on the stand-in, at the moments that a test names.</summary>
internal abstract class RunsOnOneCommit
{
    private readonly List<GateInFlight> _open = [];
    private protected GateScene Scene { get; private set; } = null!;

    private protected RepositoryState Repository => Scene.GitHub.Repository;

    private protected Status Top => Repository.Statuses[^1];

    [SetUp]
    public async Task StartAsync() => Scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var gate in _open)
            await gate.DisposeAsync();
        _open.Clear();
        await Scene.DisposeAsync();
    }

    private protected static FinalState State(bool isMet) => isMet ? FinalState.Success : FinalState.Failure;

    private protected static bool IsLook(RecordedRequest request) => request.Method == "GET"
        && (request.Path.EndsWith("/statuses", StringComparison.Ordinal) || request.Path.EndsWith("/check-runs", StringComparison.Ordinal));

    private protected static bool IsPost(RecordedRequest request) =>
        request.Method == "POST" && request.Path.Contains("/statuses/", StringComparison.Ordinal);

    private protected static bool IsFinalPost(RecordedRequest request) =>
        IsPost(request) && !request.Body.Contains("\"pending\"", StringComparison.Ordinal);

    private protected async Task<GateInFlight> BeginAsync(
        long run, int attempt = 1, string? job = null, ReportKind kind = ReportKind.Status)
    {
        var standInJob = Scene.Job(run);
        standInJob["GITHUB_RUN_ATTEMPT"] = attempt.ToString(CultureInfo.InvariantCulture);
        standInJob["INPUT_JOB"] = job;
        var gate = await GateInFlight.BeginAsync(Scene, standInJob, kind);
        _open.Add(gate);
        return gate;
    }

    /// <summary>Lets another run speak just before the first request of a kind is done.</summary>
    private protected void Before(Func<RecordedRequest, bool> when, Action act)
    {
        Scene.GitHub.Arriving = request =>
        {
            if (!when(request))
                return;
            Scene.GitHub.Arriving = null;
            act();
        };
    }

    /// <summary>Lets another run speak between the first request of a kind and the next one.</summary>
    private protected void AfterNext(Func<RecordedRequest, bool> when, Action act) => Before(when, () => Before(_ => true, act));

    private protected Status Say(long run, string state, string description, string job = "")
    {
        var word = Repository.Statuses[0] with
        {
            Id = Repository.NextId(),
            State = state,
            Description = description,
            TargetUrl = $"https://github.example.com/octo-org/shop/actions/runs/{run}/attempts/1{job}",
        };
        Repository.Statuses.Add(word);
        return word;
    }

    private protected void AddRun(long id, string? conclusion, int attempt = 1) =>
        Repository.Runs.Add(new(id, "gate.yml", "feature", Scene.Pull.HeadSha, "pull_request", conclusion, Attempt: attempt));
}
