using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>What a run is compared with: earlier runs, read as one.</summary>
/// <param name="Runs">Newest first, at least one.</param>
/// <param name="Branch">The branch they are from; null where a file was named.</param>
public sealed record Baseline(IReadOnlyList<Evidence> Runs, string? Branch = null)
{
    /// <summary>What the variable <c>baseline</c> reads: the run, or the median of several.</summary>
    public Evidence Evidence { get; } = Runs.Count == 1 ? Runs[0] : BaselineMedian.Of(Runs);

    /// <summary>What the gate would have decided then.</summary>
    public Verdict Decide(Gate gate)
    {
        // Compared with itself: a criterion that reads the baseline would be inconclusive without one.
        // How far ahead a waiver may expire was judged today, not on the day of the baseline.
        return Decision.Decide(gate with { WaiverDays = int.MaxValue }, Evidence, Evidence, Evidence.StartedAt + Evidence.Duration);
    }
}
