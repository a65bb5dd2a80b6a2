using GateAction.Cel.Values;
using GateAction.Sources;
using GateAction.Sources.Results;
using GateAction.Sources.Results.Coverage;

namespace GateAction.Commands;

/// <summary>The facts that each kind of evidence declares, so that evidence read back has durations and timestamps again.</summary>
internal static class EvidenceKinds
{
    /// <summary>Null for a kind this version does not know.</summary>
    public static FactType? FactsOf(string kind) => kind switch
    {
        ResultSet.Kind => ResultFacts.Type,
        CoverageSet.Kind => CoverageFacts.Type,
        _ => ProbeKinds.All.FirstOrDefault(known => known.Name == kind)?.Facts,
    };
}
