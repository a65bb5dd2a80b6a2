namespace GateAction.Tests.GitHub.Simulation;

/// <summary>Pauses end at once and deadlines never: how long a request is held says nothing about the network.</summary>
internal sealed class ImmediateTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isNever = state is CancellationTokenSource || dueTime == Timeout.InfiniteTimeSpan;
        return System.CreateTimer(callback, state, isNever ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
