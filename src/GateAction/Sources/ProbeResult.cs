using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources;

/// <summary>What one look of a probe came to.</summary>
/// <param name="Facts">A map, as the kind's <see cref="Facts{T}"/> makes it.</param>
/// <param name="Reason">Why some facts are missing; null where none is.</param>
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

    public IReadOnlyList<TimeSpan?>? Samples { get; init; }

    /// <summary>What the samples of a soak differ in; null where they do not.</summary>
    public SoakSpread? Spread { get; init; }

    public Content? Content { get; init; }

    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Names of facts that are missing because the baseline does not have this probe.</summary>
    public IReadOnlyList<string> AwaitsBaseline { get; init; } = [];

    /// <summary>The conditions that a large answer was kept for, which was kept in part; null where all was kept.</summary>
    public IReadOnlyList<string>? KeptFor { get; init; }
}
