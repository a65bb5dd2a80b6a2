using GateAction.GitHub.Artifacts;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>The files that a run is to read: they are found before what an earlier run left is removed, and stay. What names nothing is
/// told once there is a status that can say it.</summary>
/// <param name="Evidence">What it decides on; null where it measures.</param>
/// <param name="All">Full paths.</param>
internal sealed record GivenFiles(FileArguments? Evidence, IReadOnlyList<string> All)
{
    public static GivenFiles Of(Shell shell, Inputs inputs, IReadOnlyList<string>? evidence = null)
    {
        var given = evidence is null ? null : EvidenceFiles.Find(shell, evidence);
        var baseline = inputs.Baseline is { } named && ArtifactName.Read("baseline", named) is null
            ? EvidenceFiles.Find(shell, [named]).Paths
            : [];
        return new(given, [.. (given?.Paths ?? []).Concat(baseline).Select(shell.PathOf)]);
    }
}
