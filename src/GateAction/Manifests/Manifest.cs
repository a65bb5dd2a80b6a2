using GateAction.Core.Model;
using GateAction.Sources;

namespace GateAction.Manifests;

/// <summary>A manifest without problems: what is measured, and the gate that judges it.</summary>
/// <param name="Target">Where the paths in probes start; its variables are filled in.</param>
/// <param name="Sources">Probes, result sets and coverage sets in the order of the file.</param>
internal sealed record Manifest(
    Gate Gate,
    Uri? Target,
    DeploymentWait? Deployment,
    Concurrency Concurrency,
    IReadOnlyList<EvidenceSource> Sources);
