using GateAction.Core;

namespace GateAction.Probes;

/// <summary>One thing the collector measures: a probe, a result set or a coverage set.</summary>
/// <param name="DependsOn">Names of the sources whose facts this one reads, found in its <c>${name.fact}</c> references.</param>
internal sealed record EvidenceSource(
    string Name,
    string Kind,
    IReadOnlyList<string> DependsOn,
    Func<ProbeContext, CancellationToken, Task<Measurement>> MeasureAsync)
{
    public static EvidenceSource FromProbe(string name, string kind, IReadOnlyList<string> dependsOn, Probe probe) =>
        new(name, kind, dependsOn, probe.MeasureAsync);
}
