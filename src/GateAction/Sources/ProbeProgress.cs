using GateAction.Core.Model;

namespace GateAction.Sources;

internal enum ProbeStage
{
    Waiting,
    Measuring,
    Done,
}

/// <summary>One change in the live table; nothing in it is secret.</summary>
/// <param name="Note">A short line on what is being done; empty where there is none.</param>
/// <param name="Measurement">What it came to, once <paramref name="Stage"/> is <see cref="ProbeStage.Done"/>.</param>
internal sealed record ProbeProgress(string Name, string Kind, ProbeStage Stage, string Note, Measurement? Measurement);
