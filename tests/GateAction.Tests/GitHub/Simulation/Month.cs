using System.Globalization;
using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub.Simulation;

/// <summary>
/// A month of a repository: pull requests into two branches, re-runs, jobs of one name, cancelled and dying runs, new commits, new bases,
/// queues, forged statuses and a GitHub that fails, in an order that the seed decides, one request at a time.
/// </summary>
internal sealed class Month : IAsyncDisposable
{
    private const string Strict =
        "version: 1\nname: staging\nprobes: { arch: { file: compliance.json } }\ncriteria: { compliant: arch.json.violations == 0 }\n";

    private static readonly string Weak = Strict.Replace("== 0", "< 10", StringComparison.Ordinal);

    private static readonly FaultKind[] Faults =
    [
        FaultKind.ServerError, FaultKind.BadGateway, FaultKind.Unavailable, FaultKind.TooManyRequests, FaultKind.PrimaryLimit,
        FaultKind.SecondaryLimit,
        FaultKind.ResetBeforeTheWrite, FaultKind.ResetAfterTheWrite, FaultKind.MalformedJson, FaultKind.WrongContentType,
        FaultKind.NotAccessible,
    ];

    private readonly GitHubStandIn _gitHub;
    private readonly Random _random;
    private readonly bool _isCalm;
    private readonly Turns _turns = new();
    private readonly List<SimulatedRun> _runs = [];
    private readonly List<string> _story = [];
    private long _lastRun = 100;

    private Month(GitHubStandIn gitHub, int seed, bool isCalm)
    {
        (_gitHub, _random, _isCalm) = (gitHub, new(seed), isCalm);
        Onlooker = new(gitHub.Repository, _runs);
        gitHub.Turn = _turns.WaitAsync;
        gitHub.Repository.AddCommit("main", (".github/gate.yml", Strict));
        gitHub.Repository.AddCommit("release", (".github/gate.yml", Weak));
    }

    public Onlooker Onlooker { get; }

    public string Story => string.Join('\n', _story.TakeLast(150));

    private IReadOnlyList<SimulatedRun> Active => [.. _runs.Where(run => !run.Task.IsCompleted)];

    /// <param name="isCalm">Nothing fails, dies or is cancelled: then every name must show the last run's verdict in the end.</param>
    public static async Task<Month> StartAsync(int seed, bool isCalm) => new(await GitHubStandIn.StartAsync(), seed, isCalm);

    public async Task PlayAsync(int pullRequests)
    {
        for (var number = 1; number <= pullRequests; number++)
            await PlayPullRequestAsync($"feature-{number}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in Active)
            _turns.Kill(run);
        await Task.WhenAll(_runs.Select(run => run.Task));
        foreach (var run in _runs)
            run.Dispose();
        await _gitHub.DisposeAsync();
    }

    private async Task PlayPullRequestAsync(string branch)
    {
        var first = _runs.Count;
        Push(branch);
        List<Pull> pulls = [_gitHub.Repository.AddPull(branch, AnyBase(), "src/a.cs")];
        if (_random.Next(3) == 0)
            pulls.Add(_gitHub.Repository.AddPull(branch, pulls[0].BaseBranch == "main" ? "release" : "main", "src/a.cs"));
        Start(pulls[0]);
        for (var step = _random.Next(30, 90); step > 0; step--)
        {
            await ActAsync(branch, pulls, first);
            Check(pulls);
        }
        while (Active is [_, ..] active)
        {
            await LetOneGoOnAsync(active);
            Check(pulls);
        }
        if (_isCalm)
            CheckTheEnd(first);
    }

    private async Task ActAsync(string branch, List<Pull> pulls, int first)
    {
        await _turns.SettleAsync(Active);
        var active = Active;
        Register();
        var pull = pulls[_random.Next(pulls.Count)];
        switch (_random.Next(100))
        {
            case < 12 when active.Count < 4:
                Start(pull);
                break;
            case < 18 when active.Count < 4:
                Rerun([.. _runs.Skip(first)]);
                break;
            case < 20 when active.Count < 4:
                StartQueue(pull);
                break;
            case < 23:
                Forge(pull);
                break;
            case < 25:
                pull.BaseBranch = AnyBase();
                Note($"#{pull.Number} goes into {pull.BaseBranch}");
                break;
            case < 26:
                Push(branch);
                foreach (var other in pulls)
                    other.HeadSha = _gitHub.Repository.Branches[branch];
                break;
            case < 28 when active.Count > 0 && !_isCalm:
                await CancelAsync(active[_random.Next(active.Count)]);
                break;
            case < 30 when active.Count > 0 && !_isCalm:
                await KillAsync(active[_random.Next(active.Count)]);
                break;
            default:
                if (active.Count > 0)
                    await LetOneGoOnAsync(active);
                break;
        }
    }

    private void Start(Pull pull)
    {
        var (id, jobs) = (++_lastRun, _random.Next(6) == 0 ? 2 : 1);
        for (var index = 0; index < jobs; index++)
            Add(StandInJob.PullRequest(_gitHub, pull, runId: id), id, 1, index, pull.HeadSha);
    }

    private void Rerun(IReadOnlyList<SimulatedRun> runs)
    {
        var ended = runs.Where(run => run.Task.IsCompleted && run.Job["GITHUB_EVENT_NAME"] == "pull_request")
            .Where(run => !runs.Any(other => other.RunId == run.RunId && (!other.Task.IsCompleted || other.Attempt > run.Attempt)))
            .ToList();
        if (ended.Count == 0)
            return;
        var chosen = ended[_random.Next(ended.Count)];
        var number = int.Parse(chosen.Job["GITHUB_REF"]!.Split('/')[2], CultureInfo.InvariantCulture);
        foreach (var old in ended.Where(run => run.RunId == chosen.RunId).OrderBy(run => run.Job["INPUT_JOB"], StringComparer.Ordinal))
        {
            var pull = _gitHub.Repository.Pulls.Find(pull => pull.Number == number)!;
            var job = StandInJob.PullRequest(_gitHub, pull, runId: old.RunId);
            File.Copy(Path.Combine(old.Job.Directory, "event.json"), Path.Combine(job.Directory, "event.json"), overwrite: true);
            foreach (var (name, value) in old.Job.Variables.Where(variable => variable.Key.StartsWith("INPUT_", StringComparison.Ordinal)
                || variable.Key.EndsWith("_REF", StringComparison.Ordinal)))
                job[name] = value;
            Add(job, old.RunId, old.Attempt + 1, int.Parse(old.Job["INPUT_JOB"]!.Split('/')[1], CultureInfo.InvariantCulture), old.Sha);
        }
    }

    private void StartQueue(Pull pull)
    {
        var branch = $"gh-readonly-queue/{pull.BaseBranch}/pr-{pull.Number}-{_lastRun}";
        var queued = _gitHub.Repository.AddCommit(branch, ("a", "b"));
        var id = ++_lastRun;
        Add(StandInJob.MergeGroup(_gitHub, pull.BaseBranch, queued.Sha, id), id, 1, 0, queued.Sha);
    }

    private void Add(StandInJob job, long id, int attempt, int index, string sha)
    {
        var token = $"ghs_run{_runs.Count}";
        job["INPUT_GITHUB-TOKEN"] = token;
        job["GITHUB_RUN_ATTEMPT"] = attempt.ToString(CultureInfo.InvariantCulture);
        job["INPUT_JOB"] = $"gate/{index}/{5000 + _runs.Count}";
        _gitHub.Tokens.Add(_random.Next(3) == 0 ? new StandInToken(token).Without("actions") : new StandInToken(token));
        var violations = new[] { 0, 0, 3, 30 }[_random.Next(4)];
        File.WriteAllText(Path.Combine(job.Directory, "compliance.json"), $$"""{ "violations": {{violations}} }""");
        var run = new SimulatedRun(job, id, attempt, sha, violations);
        _runs.Add(run);
        run.Start();
        _turns.Watch(run);
        Note($"starts {run}");
    }

    private async Task LetOneGoOnAsync(IReadOnlyList<SimulatedRun> active)
    {
        await _turns.SettleAsync(active);
        await LetGoOnAsync(active[_random.Next(active.Count)], active);
    }

    private async Task LetGoOnAsync(SimulatedRun run, IReadOnlyList<SimulatedRun> active)
    {
        if (_turns.NextOf(run) is not { } request)
            return;
        if (!_isCalm && run.Faults == 0 && _random.Next(25) == 0)
            run.Faults = _random.Next(4) == 0 ? 8 : 1;
        FaultKind? fault = run.Faults-- > 0 ? Faults[_random.Next(Faults.Length)] : null;
        run.Faults = Math.Max(0, run.Faults);
        _turns.Release(request, fault);
        await _turns.SettleAsync(active);
        Register();
        Note($"{run.RunId}/{run.Attempt} {request.Method} {request.Path} {request.Status} {fault}");
        Onlooker.See(run, request, _gitHub.Repository.Statuses.Count == 0 ? 0 : _gitHub.Repository.Statuses[^1].Id);
    }

    private async Task CancelAsync(SimulatedRun run)
    {
        Note($"cancels {run}");
        run.Cancel();
        while (!run.Task.IsCompleted)
        {
            await _turns.SettleAsync([run]);
            await LetGoOnAsync(run, [run]);
        }
        Register();
    }

    private async Task KillAsync(SimulatedRun run)
    {
        Note($"kills {run}");
        run.IsKilled = true;
        _turns.Kill(run);
        await run.Task;
        Register();
    }

    /// <summary>Tells the Actions API how far the runs have come.</summary>
    private void Register()
    {
        foreach (var jobs in _runs.GroupBy(run => run.RunId))
        {
            var attempt = jobs.Max(run => run.Attempt);
            var now = jobs.Where(run => run.Attempt == attempt).ToList();
            var conclusion = !now.TrueForAll(run => run.Task.IsCompleted) ? null
                : now.Exists(run => run.IsKilled) ? "cancelled"
                : now.TrueForAll(run => run.Task.Result == 0) ? "success" : "failure";
            _gitHub.Repository.Runs.RemoveAll(run => run.Id == jobs.Key);
            _gitHub.Repository.Runs.Add(new(jobs.Key, "gate.yml", "feature", now[0].Sha, "pull_request", conclusion, Attempt: attempt));
        }
    }

    private void Push(string branch)
    {
        var commit = _gitHub.Repository.AddCommit(branch, ("src/a.cs", $"{_random.Next()}"));
        Note($"pushes {commit.Sha[..7]}");
    }

    /// <summary>Anybody with write access sets a status of the name, with the address of a run that is, was or never will be.</summary>
    private void Forge(Pull pull)
    {
        var statuses = _gitHub.Repository.Statuses;
        statuses.Add(new(
            _gitHub.Repository.NextId(),
            pull.HeadSha,
            _random.Next(3) == 0 ? "pending" : "success",
            _random.Next(2) == 0 ? "gate/staging" : "gate/staging: release",
            GateStatus.Measuring,
            $"https://github.example.com/octo-org/shop/actions/runs/{_random.NextInt64(90, _lastRun + 50)}/attempts/1",
            "mallory",
            DateTimeOffset.UnixEpoch));
        Note("forges a status");
    }

    private string AnyBase() => _random.Next(2) == 0 ? "main" : "release";

    private void Check(List<Pull> pulls)
    {
        foreach (var sha in _runs.Select(run => run.Sha).Concat(pulls.Select(pull => pull.HeadSha)).Distinct().TakeLast(8))
            Assert.That(Onlooker.Accuse(sha), Is.Null, Story);
    }

    private void CheckTheEnd(int first)
    {
        foreach (var (sha, name) in _runs.Skip(first).SelectMany(run => run.Begins.Keys.Select(name => (run.Sha, name))).Distinct())
        {
            var top = _gitHub.Repository.Statuses.Where(status =>
                (status.Sha, status.Context, status.Creator) == (sha, name, Onlooker.Account)).MaxBy(status => status.Id)!;
            var last = Onlooker.LastOf(sha, name)!;
            // A job that gave way to another run before its sibling began has said nothing that the sibling could know.
            if (top.State == "error" || top.Description == GateStatus.LaterMet
                || (top.State == "pending" && Onlooker.GroupOf(last, name).Any(run => !run.HasSpoken)))
                continue;
            var expected = Onlooker.GroupOf(last, name).All(run => Onlooker.IsMet(run, name)) ? "success" : "failure";
            Assert.That(top.State, Is.EqualTo(expected), $"{name} on {sha[..7]}\n{Onlooker.Tell(sha, name)}\n{Story}");
        }
    }

    private void Note(string what) => _story.Add(what);
}
