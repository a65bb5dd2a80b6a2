namespace GateAction.Tests.GitHub;

/// <summary>The system's clock, whose timers and stopwatch run fifty times as fast: pauses and deadlines are kept in proportion.</summary>
internal sealed class HastyTime : TimeProvider
{
    private const int Haste = 50;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Hasten(dueTime), Hasten(period));

    public override long GetTimestamp() => System.GetTimestamp() * Haste;

    private static TimeSpan Hasten(TimeSpan span) => span > TimeSpan.Zero ? span / Haste : span;
}
