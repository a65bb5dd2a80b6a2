using GateAction.Core.Model;
using GateAction.GitHub.Publishing;

namespace GateAction.Commands;

/// <summary>How a run ended, before anybody is told.</summary>
internal sealed record Decided(ExitCode ExitCode, GateReport Report)
{
    /// <summary>The same, with the digest of the evidence that it rests on.</summary>
    public Decided From(string evidence) => this with { Report = Report with { Evidence = evidence } };
}
