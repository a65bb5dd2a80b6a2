using GateAction.Core;

namespace GateAction.Probes;

/// <summary>One source of evidence as the manifest describes it. It measures and never judges.</summary>
internal abstract record Probe(ProbeOptions Options)
{
    /// <summary>Measures; a target or source that cannot be read is an outcome, not an exception.</summary>
    public abstract Task<Measurement> MeasureAsync(ProbeContext context, CancellationToken cancellation);
}
