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

    /// <summary>One attempt. Throws <see cref="NetworkException"/> if nobody answers and <see cref="NoEvidenceException"/> if there
    /// is nothing to see.</summary>
    public abstract Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation);

    /// <summary>True if one look is not the measurement, so that it is made anew after waiting.</summary>
    public virtual bool IsSoak => Sampling.Count > 1;

    /// <summary>How many samples are taken, and the time from one to the next.</summary>
    public virtual (int Count, TimeSpan Every) Sampling => (1, TimeSpan.Zero);

    /// <summary>The measurement itself, after waiting: one look, tried again over faults of the network.</summary>
    public virtual Task<ProbeResult> MeasureFullyAsync(ProbeContext context, CancellationToken cancellation) =>
        Attempts.RunAsync(this, context, cancellation);

    /// <summary>What is known although nobody answered.</summary>
    public virtual Value FactsOf(NetworkException fault, ProbeContext context) => ProbeResult.NoFacts;

    /// <summary>Measures; a target or source that cannot be read is an outcome, not an exception.</summary>
    public override Task<Measurement> MeasureAsync(ProbeContext context, CancellationToken cancellation) =>
        new ProbeRun(this, context).RunAsync(cancellation);
}

/// <summary>What one look of a probe found.</summary>
/// <param name="Facts">A map, as the kind's <see cref="Facts{T}"/> makes it.</param>
/// <param name="Reason">Why some facts are missing; null if none is.</param>
internal sealed record ProbeResult(Value Facts, string? Reason = null)
{
    /// <summary>The facts of every kind of probe.</summary>
    public static readonly Facts<ProbeResult> OfEveryKind = new Facts<ProbeResult>()
        .Int("attempts", "how many attempts the answer took", result => result.Attempts)
        .Duration("waited", "how long was waited for `wait.until`", result => result.Waited);

    public static readonly Value NoFacts = Value.Map();

    public Outcome Outcome { get; init; } = Outcome.Measured;

    public int? Attempts { get; init; }

    public TimeSpan? Waited { get; init; }

    public string? Caveat { get; init; }

    /// <inheritdoc cref="Measurement.IsPartial"/>
    public bool IsPartial { get; init; }

    public IReadOnlyList<TimeSpan?>? Samples { get; init; }

    /// <summary>What the samples of a soak differ in; null if they do not.</summary>
    public SoakSpread? Spread { get; init; }

    public Content? Content { get; init; }

    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Names of facts that are missing because the baseline does not have this probe.</summary>
    public IReadOnlyList<string> AwaitsBaseline { get; init; } = [];

    /// <summary>The conditions that a large answer was kept for, which was kept in part; null if all was kept.</summary>
    public IReadOnlyList<string>? KeptFor { get; init; }
}

/// <summary>
/// What a probe with <c>expect: refused</c> measures: that nobody may connect. Only a refusal shows that; silence may as well be a network
/// that is down, and a name that is not found a mistake.
/// </summary>
internal static class ExpectedRefusal
{
    public const string Word = FactNames.Refused;

    public static Facts<T> Refused<T>(this Facts<T> facts, Func<T, bool?> get) =>
        facts.Bool(Word, "true if the connection was refused, false if it was opened; absent without `expect: refused`", get);

    public static ProbeResult Of(NetworkException fault, Value facts) =>
        new(facts, $"it was refused, as is expected: {fault.Message}") { Details = [$"refused: {fault.Message}"] };

    /// <summary>A look that came about although a refusal is expected.</summary>
    public static ProbeResult Missing(ProbeResult result) =>
        result with { Details = ["the connection was opened, where a refusal is expected", .. result.Details] };
}
