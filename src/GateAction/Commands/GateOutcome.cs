using GateAction.Core.Model;
using GateAction.GitHub.Overrides;
using GateAction.GitHub.Publishing;

namespace GateAction.Commands;

/// <summary>How a run ended, before anybody is told.</summary>
internal sealed record GateOutcome(ExitCode ExitCode, GateReport Report)
{
    /// <summary>Waivers by comment that do not count.</summary>
    public IReadOnlyList<RefusedWaiver> Refused { get; init; } = [];

    /// <summary>The same, with the digest of the evidence that it rests on.</summary>
    public GateOutcome From(string? evidence) => this with { Report = Report with { Evidence = evidence } };
}
