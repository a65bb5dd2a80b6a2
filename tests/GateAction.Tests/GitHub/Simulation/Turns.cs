using System.Threading.Channels;
using GateAction.StandIns.GitHub;

namespace GateAction.Tests.GitHub.Simulation;

/// <summary>Lets the requests of many runs through one at a time, in an order that a seed alone decides.</summary>
internal sealed class Turns
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _changes = Channel.CreateUnbounded<bool>();
    private readonly List<(RecordedRequest Request, TaskCompletionSource<FaultKind?> Turn)> _waiting = [];
    private readonly HashSet<string> _dead = [];

    public Task<FaultKind?> WaitAsync(RecordedRequest request)
    {
        lock (_lock)
        {
            if (_dead.Contains(request.Token!))
                return Task.FromResult<FaultKind?>(FaultKind.ResetBeforeTheWrite);
            var turn = new TaskCompletionSource<FaultKind?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((request, turn));
            _changes.Writer.TryWrite(true);
            return turn.Task;
        }
    }

    /// <summary>Takes notice of a run's end.</summary>
    public void Watch(SimulatedRun run) => _ = run.Task.ContinueWith(_ => _changes.Writer.TryWrite(true), TaskScheduler.Default);

    /// <summary>Waits until each of the runs has a request that waits, or has ended.</summary>
    public async Task SettleAsync(IReadOnlyList<SimulatedRun> runs)
    {
        while (!runs.All(run => run.Task.IsCompleted || IsWaiting(run)))
            await _changes.Reader.ReadAsync();
    }

    /// <summary>The request of a run whose turn is next; null for a run that has ended.</summary>
    public RecordedRequest? NextOf(SimulatedRun run)
    {
        lock (_lock)
            return Of(run).OrderBy(waiting => waiting.Request.ToString(), StringComparer.Ordinal).FirstOrDefault().Request;
    }

    public void Release(RecordedRequest request, FaultKind? fault)
    {
        lock (_lock)
        {
            var waiting = _waiting.Find(waiting => waiting.Request == request);
            _waiting.Remove(waiting);
            waiting.Turn.SetResult(fault);
        }
    }

    /// <summary>The machine is switched off: nothing that the run sends arrives any more.</summary>
    public void Kill(SimulatedRun run)
    {
        lock (_lock)
        {
            _dead.Add(run.Token);
            foreach (var waiting in Of(run).ToList())
            {
                _waiting.Remove(waiting);
                waiting.Turn.SetResult(FaultKind.ResetBeforeTheWrite);
            }
        }
    }

    private bool IsWaiting(SimulatedRun run)
    {
        lock (_lock)
            return Of(run).Any();
    }

    private IEnumerable<(RecordedRequest Request, TaskCompletionSource<FaultKind?> Turn)> Of(SimulatedRun run) =>
        _waiting.Where(waiting => waiting.Request.Token == run.Token);
}
