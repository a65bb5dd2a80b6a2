using GateAction.Core.Model;
using GateAction.GitHub.Publishing;

namespace GateAction.Commands;

/// <summary>How a run ended, before anybody is told.</summary>
internal sealed record Decided(ExitCode ExitCode, GateReport Report);
