using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.GitHub.Artifacts;
using GateAction.Manifests;

namespace GateAction.Commands;

/// <summary>Evidence of other runs: the baseline, and what a run measured that could not publish.</summary>
internal static class ArtifactEvidence
{
    /// <summary>What conditions read as <c>baseline</c>; null if there is none, and then a note says why.</summary>
    public static async Task<BaselineRuns?> ReadBaselineAsync(JobContext job, string gate, CancellationToken cancellation)
    {
        if (job.Inputs.Baseline is not { } text)
            return null;
        if (ArtifactName.Read("baseline", text) is not { } name)
            return ReadFiles(job, text, gate);
        var (artifacts, branch) = Access(job, "baseline");
        var (runs, missing) = await artifacts.ReadBaselineAsync(
            branch, name, file => HistoryRun.BaselineOf(file, gate), cancellation);
        await job.NoteAsync(missing is null
            ? $"the baseline is "
            + $"{(runs.Count == 1 ? runs[0].Name : $"the median of {runs.Count} runs, the newest {runs[0].Name["run ".Length..]},")} on "
            + $"'{branch}'"
            : $"there is no baseline: {missing}");
        return missing is null ? new(runs, branch) : null;
    }

    /// <summary>The evidence of the run that this one follows, about the commit that is judged; null if the gate is to measure
    /// itself.</summary>
    public static async Task<Evidence?> ReadFollowedAsync(
        JobContext job, EffectiveManifest judge, Manifest manifest, CancellationToken cancellation)
    {
        if (job.Inputs.Evidence is not { } text)
            return null;
        if (ArtifactName.Read("evidence", text) is not { Runs: 1 } name)
            throw new GateException(
                $"'evidence' is '{text}'; accepted is 'artifact' or 'artifact:NAME'; files are for 'decide' and 'publish'");
        var file = await Access(job, "evidence").Artifacts.ReadFollowedAsync(job.Event!, name, cancellation);
        var evidence = HistoryRun.ReadEvidence(file);
        EvidenceFiles.CheckFit(file.Name, evidence, judge, manifest, job);
        EvidenceFiles.CheckRun(file.Name, evidence, job);
        await job.NoteAsync(
            $"measured by run {file.RunId}{(job.Event!.UntrustedBecause is null ? "" : ", which the fork's own workflow controls")}; "
            + "judged here");
        // A fork's workflow may have written anything into the file. Which commit is judged, and which files it changes, only GitHub says.
        return EvidenceFiles.Judged(evidence, job);
    }

    /// <summary>One file, or the runs that a folder or a pattern holds.</summary>
    private static BaselineRuns ReadFiles(JobContext job, string text, string gate) => new(
    [
        .. EvidenceFiles.Find(job.Shell, [text]).Require()
            .Select(path => new HistoryRun(path, CheckedFile(job, path, gate), null))
            .OrderByDescending(run => run.Evidence!.StartedAt),
    ]);

    private static Evidence CheckedFile(JobContext job, string path, string gate)
    {
        var evidence = EvidenceFiles.Read(job.Shell, path);
        return evidence.Gate != gate ? throw new GateException($"the baseline '{path}' is of gate '{evidence.Gate}', and this is '{gate}'")
            : evidence.IsWhole ? evidence
            : throw new GateException(
                $"the baseline '{path}' was measured in part ({string.Join(", ", evidence.Unmeasured ?? ["nothing was"])}): name evidence "
                + "of a whole run");
    }

    private static (RunArtifacts Artifacts, string Branch) Access(JobContext job, string input) =>
        job is { Session: { Client: { } client } session, Event: { } source }
        ? (new(client, session.Job), source.BaseRef ?? source.Branch
        ?? throw new GateException($"'{input}' names an artifact, and a run on a tag has no branch to look for one"))
        : throw new GateException(
        $"'{input}' names an artifact, which is looked for in a workflow with a token; outside of one name a file");
}

/// <summary>The runs that a run is compared with, as they were left.</summary>
/// <param name="Runs">Newest first, at least one, each with its evidence.</param>
/// <param name="Branch">The branch they are from; null if a file was named.</param>
internal sealed record BaselineRuns(IReadOnlyList<HistoryRun> Runs, string? Branch = null)
{
    public Baseline Baseline { get; } = new([.. Runs.Select(run => run.Evidence!)], Branch);

    public Evidence Evidence => Baseline.Evidence;

    /// <summary>Oldest first, with this run at the end.</summary>
    public IReadOnlyList<HistoryEntry> HistoryWith(Evidence evidence, Verdict verdict) =>
        [.. Runs.Reverse().Select(run => run.Entry), HistoryEntry.Of("this run", evidence, verdict)];
}
