namespace GateAction.Tests.GitHub;

/// <summary>
/// The system's clock, whose timers and stopwatch run so many times as fast: pauses and deadlines are kept in proportion. A deadline of a
/// minute or more, which no test means to reach, stays out of reach of a busy machine.
/// </summary>
internal sealed class HastyTime(int haste = 50) : TimeProvider
{
    private static readonly TimeSpan LongDeadline = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OutOfReach = TimeSpan.FromSeconds(30);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var due = state is CancellationTokenSource && dueTime >= LongDeadline && dueTime / haste < OutOfReach
            ? OutOfReach
            : Hasten(dueTime);
        return System.CreateTimer(callback, state, due, Hasten(period));
    }

    public override long GetTimestamp() => System.GetTimestamp() * haste;

    private TimeSpan Hasten(TimeSpan span) => span > TimeSpan.Zero ? span / haste : span;
}
