using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>What a run is compared with.</summary>
/// <param name="Runs">Newest first, at least one.</param>
/// <param name="Evidence">The run, or the median of several.</param>
/// <param name="Verdict">What the same gate decides over <paramref name="Evidence"/>.</param>
/// <param name="Branch">The branch they are from; null where a file was named.</param>
public sealed record EarlierRuns(IReadOnlyList<Evidence> Runs, Evidence Evidence, Verdict Verdict, string? Branch);
