namespace GateAction.GitHub.Publishing;

/// <summary>How a gate's status ends. <c>Error</c> is for a gate that came to no decision: a bad manifest, a cancelled job.</summary>
internal enum FinalState
{
    Success,
    Failure,
    Error,

    /// <summary>Met, while another job of the same run still measures under the same name: the status stays pending until that one has
    /// spoken.</summary>
    Waiting,
}
