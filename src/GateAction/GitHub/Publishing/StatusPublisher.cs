using GateAction.Core.Reports.Machine;

namespace GateAction.GitHub.Publishing;

/// <summary>The gate's word on the commit: pending first, then exactly one final state.</summary>
internal abstract class StatusPublisher
{
    /// <summary>Says that the gate is at work; gives the account that the token writes as, if GitHub tells.</summary>
    public abstract Task<string?> BeginAsync(CancellationToken cancellation);

    public abstract Task FinishAsync(
        FinalState state, string description, string? summary, IReadOnlyList<Annotation> annotations, CancellationToken cancellation);

    /// <summary>What the token's own account has said under this name on the commit.</summary>
    public abstract Task<GateStatusHistory> ReadAsync(string login, CancellationToken cancellation);

    /// <summary>Leaves the word to a run that began later.</summary>
    public virtual Task GiveWayAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Makes the next word the topmost one, if another job's lies above the last.</summary>
    public virtual Task RiseAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Gives a run that began later its place back, if this job's last word lies above it; false if there was nothing to
    /// do.</summary>
    /// <param name="said">What this job said.</param>
    public virtual Task<bool> PutBackAsync(GateStatusHistory words, GateStatus later, FinalState said, CancellationToken cancellation) =>
        Task.FromResult(false);
}

/// <summary>How far one mark has come.</summary>
internal sealed class PublisherState(StatusPublisher mark)
{
    public StatusPublisher Mark { get; } = mark;

    public bool HasBegun { get; set; }

    /// <summary>True if the token may not: there is no use in trying again.</summary>
    public bool IsRefused { get; set; }

    public bool IsMissing { get; set; }
}

/// <summary>What is done once, whoever comes first; the others wait until it is done, so that nobody ends before.</summary>
internal sealed class OnlyOnce
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isTaken;

    public async Task DoAsync(Func<Task> action)
    {
        // The watchdog's thread, the run's end and Dispose may all come at once.
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            await _done.Task;
            return;
        }
        try
        {
            await action();
        }
        finally
        {
            _done.TrySetResult();
        }
    }
}
