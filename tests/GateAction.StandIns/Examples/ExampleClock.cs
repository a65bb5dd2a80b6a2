namespace GateAction.StandIns.Examples;

/// <summary>It is always the same day; durations and timeouts are real.</summary>
internal sealed class ExampleClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => Example.Day;
}
