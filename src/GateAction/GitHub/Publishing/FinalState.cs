namespace GateAction.GitHub.Publishing;

/// <summary>How a gate's status ends. <c>Error</c> is for a gate that came to no decision: a bad manifest, a cancelled job.</summary>
internal enum FinalState
{
    Success,
    Failure,
    Error,
}
