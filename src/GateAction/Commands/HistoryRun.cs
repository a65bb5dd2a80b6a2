using GateAction.Core;
using GateAction.Core.Reports;

namespace GateAction.Commands;

/// <summary>What is left of one earlier run; at least one of the two.</summary>
internal sealed record HistoryRun(string Name, Evidence? Evidence, Verdict? Verdict)
{
    public string Gate => Evidence?.Gate ?? Verdict!.Gate;

    public HistoryEntry Entry { get; } = HistoryEntry.Of(Name, Evidence, Verdict);
}
