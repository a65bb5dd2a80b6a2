using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;

namespace GateAction.Sources;

/// <summary>One source of evidence as the manifest describes it. It measures and never judges.</summary>
internal abstract record Probe(ProbeOptions Options) : Source
{
    public override IReadOnlyList<string> Mask => Options.Mask;

    public override bool TolerateFlaky => Options.TolerateFlaky;

    /// <summary>What silence means: a target that does not answer is a finding, a source of evidence that does not answer proves
    /// nothing.</summary>
    public virtual Outcome OutcomeOfNoAnswer => Outcome.Unknown;

    /// <summary>What is measured, for people: the URL, the file.</summary>
    public abstract string SubjectIn(ProbeContext context);

    /// <summary>One attempt. Throws <see cref="NetworkFault"/> where nobody answers and <see cref="NoEvidenceException"/> where there is
    /// nothing to see.</summary>
    public abstract Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation);

    /// <summary>True where one look is not the measurement, so that it is made anew after waiting.</summary>
    public virtual bool IsSoak => false;

    /// <summary>The measurement itself, after waiting: one look, tried again over faults of the network.</summary>
    public virtual Task<ProbeResult> MeasureFullyAsync(ProbeContext context, CancellationToken cancellation) =>
        Attempts.RunAsync(this, context, cancellation);

    /// <summary>What is known although nobody answered.</summary>
    public virtual Value FactsOf(NetworkFault fault, ProbeContext context) => ProbeResult.NoFacts;

    /// <summary>Measures; a target or source that cannot be read is an outcome, not an exception.</summary>
    public override Task<Measurement> MeasureAsync(ProbeContext context, CancellationToken cancellation) =>
        new ProbeRun(this, context).RunAsync(cancellation);
}
