namespace GateAction.Tests.GitHub;

/// <summary>The system's clock, whose timers and stopwatch run so many times as fast: pauses and deadlines are kept in proportion.</summary>
internal sealed class HastyTime(int haste = 50) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Hasten(dueTime), Hasten(period));

    public override long GetTimestamp() => System.GetTimestamp() * haste;

    private TimeSpan Hasten(TimeSpan span) => span > TimeSpan.Zero ? span / haste : span;
}
