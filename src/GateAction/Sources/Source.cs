using GateAction.Core.Model;

namespace GateAction.Sources;

/// <summary>Something that is measured, as the manifest describes it: a probe, a result set, a coverage set.</summary>
internal abstract record Source
{
    public abstract SourceKind Kind { get; }

    /// <summary>Paths of facts whose values are secret.</summary>
    public virtual IReadOnlyList<string> Mask => [];

    /// <summary>True for <c>flaky: pass</c>: what was measured with a caveat does not degrade.</summary>
    public virtual bool TolerateFlaky => false;

    /// <summary>Measures; what cannot be read is an outcome, not an exception.</summary>
    public abstract Task<Measurement> MeasureAsync(ProbeContext context, CancellationToken cancellation);
}

/// <summary>One source of a run.</summary>
/// <param name="DependsOn">Names of the sources whose facts this one reads, found in its <c>${name.fact}</c> references.</param>
internal sealed record EvidenceSource(string Name, IReadOnlyList<string> DependsOn, Source Source)
{
    public SourceKind Kind => Source.Kind;
}
