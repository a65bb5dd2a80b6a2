namespace GateAction.StandIns.Staging;

/// <summary>How the staging environment fares.</summary>
internal enum Scenario
{
    /// <summary>Everything answers, and fast.</summary>
    Healthy,

    /// <summary>Everything answers and calls itself healthy, while PostgreSQL takes five seconds and the service most of one.</summary>
    Degraded,

    /// <summary>Redis is down, orders end in errors, and the health page still answers 200.</summary>
    Failing,

    /// <summary>Nothing listens.</summary>
    Unreachable,
}
