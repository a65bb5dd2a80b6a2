using GateAction.Cel.Values;
using GateAction.Sources;
using GateAction.Sources.Results;
using GateAction.Sources.Results.Coverage;

namespace GateAction.Manifests.Docs;

/// <summary>The facts that belong to a mapping of the manifest.</summary>
internal static class SourceFacts
{
    public static FactType? Of(string mapping) => mapping switch
    {
        "result set" => ResultFacts.Type,
        "coverage set" => CoverageFacts.Type,
        _ => ProbeKinds.All.FirstOrDefault(kind => mapping == $"{kind.Name} probe")?.Facts,
    };
}
