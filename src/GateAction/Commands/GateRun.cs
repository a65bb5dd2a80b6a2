using GateAction.Core.Model;
using GateAction.Manifests;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>The main job, from the manifest to the required status.</summary>
/// <param name="evidencePaths">Evidence files to decide on; null to measure, or to take the evidence of the run that this one
/// follows.</param>
internal sealed class GateRun(Shell shell, Inputs inputs, IReadOnlyList<string>? evidencePaths = null)
{
    private readonly ReportFiles _files = ReportFiles.Of(shell, inputs);
    private GivenFiles _given = new(null, null, []);

    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        shell.Watchdog.Expect(RunOptions.PatienceWith(inputs));
        try
        {
            _given = GivenFiles.Of(shell, inputs, evidencePaths);
            _files.RemoveStale(_given.All);
            using var opened = await JobContext.OpenAsync(shell, inputs, cancellation);
            var asked = opened.Event is { Ignored: null } source ? source.Asked : null;
            var job = opened with { IsToMeasure = asked is null && evidencePaths is null && inputs.Evidence is null };
            if (asked is not null)
            {
                shell.Answer.NothingToJudge = "a comment set this run off, and it was followed";
                return await new CommentRun(job, asked, _files).FollowAsync(cancellation);
            }
            if (job.Event?.Ignored is not { } ignored)
                return await JudgeAsync(job, cancellation);
            shell.Answer.NothingToJudge = ignored;
            await shell.Out.WriteLineAsync($"gate: nothing to judge: {ignored}");
            return ExitCode.Met;
        }
        catch (GateException exception)
        {
            _files.WriteNoDecision(exception.Message);
            throw;
        }
    }

    private async Task<ExitCode> JudgeAsync(JobContext job, CancellationToken cancellation)
    {
        EffectiveManifest judge;
        try
        {
            judge = await EffectiveManifest.ReadAsync(job, cancellation);
        }
        // What is wrong in the repository gets a status that says so. What GitHub did not tell does not: it may be there in a minute.
        catch (GateException exception) when (exception.ExitCode == ExitCode.BadInput)
        {
            return await WithoutManifestAsync(job, exception.Message, cancellation);
        }
        await using var publisher = await Publisher.BeginAsync(job, judge.Reading.Name, cancellation);
        try
        {
            if (judge.Reading.Manifest is not { } manifest)
                return await publisher.FinishAsync(BadManifest.Of(job, judge), _files, cancellation);
            _files.RequireFolder();
            var confirmed = await job.ConfirmChangedAsync(manifest.Gate, cancellation);
            var baseline = await ArtifactEvidence.ReadBaselineAsync(confirmed, manifest.Gate.Name, cancellation);
            var evidence = _given.Evidence is { } named
                ? EvidenceFiles.ReadAll(confirmed, judge, manifest, named)
                : await ArtifactEvidence.ReadFollowedAsync(confirmed, judge, manifest, cancellation)
                    ?? await MeasureStep.MeasureAsync(confirmed, judge, manifest, baseline?.Evidence, cancellation);
            // The evidence stands in its file whatever becomes of the decision, and costs no time beside it.
            var written = Task.Run(() => Written(evidence, publisher.IsHeard), CancellationToken.None);
            var decided = await DecideStep.DecideAsync(job, judge, manifest, evidence, baseline, _files, cancellation);
            return await publisher.FinishAsync(decided.From(await written), _files, cancellation);
        }
        catch (GateException exception)
        {
            await publisher.AbandonAsync(exception.Message);
            throw;
        }
    }

    /// <summary>The digest of the written evidence; null if nobody remembers it, because OpenSSL is slow to load for it.</summary>
    private string? Written(Evidence evidence, bool isRemembered)
    {
        if (isRemembered)
            return _files.WriteKnown(evidence);
        _files.Write(evidence);
        return null;
    }

    // Which gate it would have been nobody knows; a manifest that says no name is this one, and a required status must not wait for ever.
    private async Task<ExitCode> WithoutManifestAsync(JobContext job, string reason, CancellationToken cancellation)
    {
        await using var publisher = await Publisher.BeginAsync(job, ManifestSyntax.DefaultName, cancellation);
        return await publisher.FinishAsync(BadManifest.Missing(job, reason), _files, cancellation);
    }
}
