using GateAction.Cel.Values;
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

    /// <summary>Null where the run judged another commit than its branch's, as one that a comment on a pull request sets off.</summary>
    public static HistoryRun? Of(EvidenceFile file)
    {
        var evidence = ReadEvidence(file);
        return CommitOf(evidence) is { } commit && commit != file.Sha ? null : new($"run {file.RunId}", evidence, ReadVerdict(file));
    }

    public static Evidence ReadEvidence(EvidenceFile file)
    {
        using var stream = new MemoryStream(file.Json);
        return EvidenceJson.Read(stream, file.Name, SourceKinds.EvidenceOf);
    }

    /// <summary>The commit that was judged; null where the evidence does not say.</summary>
    public static string? CommitOf(Evidence evidence) =>
        evidence.GitHub.Kind == ValueKind.Map && evidence.GitHub.AsMap.TryGet("sha", out var sha) && sha.Kind == ValueKind.String
        ? sha.AsString
        : null;

    /// <summary>What was decided then is shown and decides nothing: where it cannot be read, the evidence still counts.</summary>
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
