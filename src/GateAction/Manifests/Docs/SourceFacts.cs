using GateAction.Core;
using GateAction.Probes;
using GateAction.Results;

namespace GateAction.Manifests.Docs;

/// <summary>The facts that belong to a mapping of the manifest.</summary>
internal static class SourceFacts
{
    public static FactType? Of(string mapping) => mapping == "result set"
        ? ResultFacts.Type
        : ProbeKinds.All.FirstOrDefault(kind => mapping == $"{kind.Name} probe")?.Facts;
}
