namespace GateAction.GitHub.Publishing;

/// <summary>What carries the gate's word on the commit; <c>Both</c> goes under two names.</summary>
internal enum ReportKind
{
    Status,
    Check,
    Both,
}
