using GateAction.GitHub.Api;
using GateAction.StandIns.GitHub;
using GateAction.Surroundings;

namespace GateAction.Tests.GitHub.Simulation;

/// <summary>One job that runs <c>gate run</c>, and what an onlooker who sees everything knows of it.</summary>
internal sealed class SimulatedRun(StandInJob job, long runId, int attempt, string sha, int violations) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _log = new();

    public StandInJob Job { get; } = job;

    public string Token { get; } = job["INPUT_GITHUB-TOKEN"]!;

    public long RunId { get; } = runId;

    public int Attempt { get; } = attempt;

    public string Sha { get; } = sha;

    /// <summary>What its measurement finds.</summary>
    public int Violations { get; } = violations;

    public Task<int> Task { get; private set; } = System.Threading.Tasks.Task.FromResult(0);

    public bool IsKilled { get; set; }

    /// <summary>Names that it set a first <c>pending</c> under, each with the number of that status.</summary>
    public Dictionary<string, long> Begins { get; } = new(StringComparer.Ordinal);

    /// <summary>True once it has said how it ended.</summary>
    public bool HasSpoken { get; set; }

    /// <summary>The number of the newest status when its last look was answered.</summary>
    public long LookedAt { get; set; }

    /// <summary>The same at the moment it said success.</summary>
    public long LookedAtSuccess { get; set; }

    /// <summary>True if GitHub did not take the last status that it wanted to set.</summary>
    public bool IsRefused { get; set; }

    public int Faults { get; set; }

    public string Log => _log.ToString();

    public void Start()
    {
        var shell = Shell.FromProcess() with
        {
            Out = _log,
            Error = _log,
            Environment = name => Job[name],
            Directory = Job.Directory,
            Time = new SkippingTime(TimeProvider.System.GetUtcNow()) { Attempt = ConnectionLimits.Default.Attempt },
        };
        Task = System.Threading.Tasks.Task.Run(() => Program.RunAsync(["run"], shell, _stop.Token));
    }

    public void Cancel() => _stop.Cancel();

    public override string ToString() => $"{RunId}/{Attempt} {Job["INPUT_JOB"]} on {Sha[..7]}, {Violations} violations"
        + $"{(IsKilled ? ", killed" : "")}, began {string.Join(", ", Begins.Select(begin => $"'{begin.Key}' {begin.Value}"))}";

    public void Dispose()
    {
        _stop.Dispose();
        Job.Dispose();
        _log.Dispose();
    }
}
