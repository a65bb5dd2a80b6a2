using GateAction.Core.Model;
using GateAction.Sources;

namespace GateAction.Terminal;

/// <summary>One source in the live table.</summary>
/// <param name="Since">The timestamp at which it began to be measured; null while it waits.</param>
internal sealed record LiveRow(string Name, string Kind, ProbeStage Stage, string Note, long? Since, Measurement? Measurement)
{
    public LiveRow With(ProbeProgress progress, long now) => this with
    {
        Stage = progress.Stage,
        Note = progress.Note,
        Since = Since ?? (progress.Stage == ProbeStage.Measuring ? now : null),
        Measurement = progress.Measurement,
    };
}
