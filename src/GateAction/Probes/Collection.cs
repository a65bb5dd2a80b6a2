using GateAction.Core.Conditions;

namespace GateAction.Probes;

/// <summary>What one run is to measure.</summary>
/// <param name="Gate">The manifest's name.</param>
/// <param name="GitHub">The facts of the variable <c>github</c>.</param>
/// <param name="Changed">Paths of the files the pull request changes; null where they are not known.</param>
/// <param name="Target">Where relative URLs start.</param>
/// <param name="Total">Requests in flight at most, in all.</param>
/// <param name="PerHost">Requests in flight at most, to one host.</param>
/// <param name="Timeout">Time for the whole run; what is not measured by then stays unknown.</param>
internal sealed record Collection(
    string Gate,
    IReadOnlyList<EvidenceSource> Sources,
    Value GitHub,
    IReadOnlyList<string>? Changed,
    Uri? Target,
    int Total,
    int PerHost,
    TimeSpan Timeout);
