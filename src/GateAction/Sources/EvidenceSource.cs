using GateAction.Core.Model;

namespace GateAction.Sources;

/// <summary>One thing the collector measures: a probe, a result set or a coverage set.</summary>
/// <param name="DependsOn">Names of the sources whose facts this one reads, found in its <c>${name.fact}</c> references.</param>
/// <param name="Mask">Paths of facts whose values are secret.</param>
internal sealed record EvidenceSource(
    string Name,
    string Kind,
    IReadOnlyList<string> DependsOn,
    IReadOnlyList<string> Mask,
    Func<ProbeContext, CancellationToken, Task<Measurement>> MeasureAsync)
{
    public static EvidenceSource FromProbe(string name, IReadOnlyList<string> dependsOn, Probe probe) =>
        new(name, probe.Kind.Name, dependsOn, probe.Options.Mask, probe.MeasureAsync);
}
