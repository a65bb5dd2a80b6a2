using GateAction.GitHub.Artifacts;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>The files that a run is to read: they are found before what an earlier run left is removed, and stay. What names nothing is
/// told once there is a status that can say it.</summary>
/// <param name="Evidence">What it decides on; null where it measures.</param>
/// <param name="Baseline">What it compares with; null for an artifact or nothing.</param>
/// <param name="All">Full paths.</param>
internal sealed record GivenFiles(FileArguments? Evidence, FileArguments? Baseline, IReadOnlyList<string> All)
{
    public static GivenFiles Of(Shell shell, Inputs inputs, IReadOnlyList<string>? evidence = null)
    {
        var given = evidence is null ? null : EvidenceFiles.Find(shell, evidence);
        var baseline = inputs.Baseline is { } named && !ArtifactName.IsOne(named)
            ? EvidenceFiles.Find(shell, [named])
            : null;
        return new(given, baseline, [.. (given?.Paths ?? []).Concat(baseline?.Paths ?? []).Select(shell.PathOf)]);
    }
}
