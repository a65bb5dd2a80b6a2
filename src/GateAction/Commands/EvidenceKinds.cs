using GateAction.Core;
using GateAction.Probes;
using GateAction.Results;

namespace GateAction.Commands;

/// <summary>The facts that each kind of evidence declares, so that evidence read back has durations and timestamps again.</summary>
internal static class EvidenceKinds
{
    /// <summary>Null for a kind this version does not know.</summary>
    public static FactType? FactsOf(string kind) =>
        kind == ResultSet.Kind ? ResultFacts.Type : ProbeKinds.All.FirstOrDefault(known => known.Name == kind)?.Facts;
}
