using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Core.Reports;

namespace GateAction.Commands;

/// <summary>The runs that a run is compared with, as they were left.</summary>
/// <param name="Runs">Newest first, at least one, each with its evidence.</param>
/// <param name="Branch">The branch they are from; null if a file was named.</param>
internal sealed record BaselineRuns(IReadOnlyList<HistoryRun> Runs, string? Branch = null)
{
    public Baseline Baseline { get; } = new([.. Runs.Select(run => run.Evidence!)], Branch);

    public Evidence Evidence => Baseline.Evidence;

    /// <summary>Oldest first, with this run at the end.</summary>
    public IReadOnlyList<HistoryEntry> HistoryWith(Evidence evidence, Verdict verdict) =>
        [.. Runs.Reverse().Select(run => run.Entry), HistoryEntry.Of("this run", evidence, verdict)];
}
