namespace GateAction.Tests;

/// <summary>
/// A clock in which no pause takes time: who waits is woken at once, and the clock then stands where the pause ends. A deadline passes only
/// with the pauses before it.
/// </summary>
internal sealed class SkippingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    public SkippingTime()
        : this(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000))
    {
    }

    /// <summary>What happens in every pause.</summary>
    public Action Paused { get; init; } = () => { };

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        // A pause is a task of its own; the timer of a deadline belongs to a CancellationTokenSource.
        if (state is Task && dueTime > TimeSpan.Zero)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                Paused();
                Advance(dueTime);
            });
        }
        return timer;
    }
}
