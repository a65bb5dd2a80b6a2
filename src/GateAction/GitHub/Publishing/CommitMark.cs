using GateAction.Core.Reports.Machine;

namespace GateAction.GitHub.Publishing;

/// <summary>The gate's word on the commit: pending first, then exactly one final state.</summary>
internal abstract class CommitMark
{
    /// <summary>Says that the gate is at work; gives the account that the token writes as, where GitHub tells.</summary>
    public abstract Task<string?> BeginAsync(CancellationToken cancellation);

    public abstract Task FinishAsync(FinalState state, string description, string? summary, IReadOnlyList<Annotation> annotations,
        CancellationToken cancellation);
}
