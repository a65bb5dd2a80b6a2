using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources;

/// <summary>What one look of a probe came to.</summary>
/// <param name="Reason">Why some facts are missing; null where none is.</param>
internal sealed record Look(IReadOnlyList<(string Name, Value Value)> Facts, string? Reason = null)
{
    public Outcome Outcome { get; init; } = Outcome.Measured;

    public string? Caveat { get; init; }

    public IReadOnlyList<TimeSpan?>? Samples { get; init; }

    /// <summary>What the samples of a soak differ in; null where they do not.</summary>
    public SoakSpread? Spread { get; init; }

    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Names of facts that are missing because the baseline does not have this probe.</summary>
    public IReadOnlyList<string> AwaitsBaseline { get; init; } = [];

    /// <summary>True where of a large answer only what <see cref="ProbeContext.Use"/> names was kept.</summary>
    public bool IsPartial { get; init; }

    public Look With(string name, Value value) => this with { Facts = [.. Facts, (name, value)] };
}
