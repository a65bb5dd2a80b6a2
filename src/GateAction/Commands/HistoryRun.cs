using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.GitHub.Artifacts;
using GateAction.Sources;

namespace GateAction.Commands;

/// <summary>What is left of one earlier run; at least one of the two.</summary>
internal sealed record HistoryRun(string Name, Evidence? Evidence, Verdict? Verdict)
{
    public string Gate => Evidence?.Gate ?? Verdict!.Gate;

    public HistoryEntry Entry { get; } = HistoryEntry.Of(Name, Evidence, Verdict);

    /// <summary>Null if the run judged another commit than its branch's, as one that a comment on a pull request sets off.</summary>
    public static HistoryRun? Of(EvidenceFile file)
    {
        var evidence = ReadEvidence(file);
        // GitHub files such a run under the default branch, where it ran, though it judged a pull request.
        return evidence.Commit is { } commit && commit != file.Sha
            ? null
            : new($"run {file.RunId}", evidence, ReadVerdict(file));
    }

    /// <summary>
    /// What a run can be compared with: all of one gate's sources, measured at the branch's own commit. Null for a run of another gate, one
    /// that does not say its commit, that was measured in part, or that the change did not concern.
    /// </summary>
    public static HistoryRun? BaselineOf(EvidenceFile file, string gate) =>
        Of(file) is { Evidence: { } evidence } run && evidence.Gate == gate && evidence.IsWhole
        && evidence.Commit is not null
            ? run
            : null;

    public static Evidence ReadEvidence(EvidenceFile file)
    {
        using var stream = new MemoryStream(file.Json);
        return EvidenceJson.Read(stream, file.Name, SourceKinds.EvidenceOf);
    }

    /// <summary>What was decided then is shown and decides nothing: if it cannot be read, the evidence still counts.</summary>
    private static Verdict? ReadVerdict(EvidenceFile file)
    {
        if (file.Verdict is not { } json)
            return null;
        try
        {
            using var stream = new MemoryStream(json);
            return VerdictJson.Read(stream, file.Name);
        }
        catch (GateException)
        {
            return null;
        }
    }
}
