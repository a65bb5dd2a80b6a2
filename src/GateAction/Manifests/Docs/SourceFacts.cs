using GateAction.Core;
using GateAction.Probes;

namespace GateAction.Manifests.Docs;

/// <summary>The facts that belong to a mapping of the manifest.</summary>
internal static class SourceFacts
{
    public static FactType? Of(string mapping) =>
        ProbeKinds.All.FirstOrDefault(kind => mapping == $"{kind.Name} probe")?.Facts;
}
