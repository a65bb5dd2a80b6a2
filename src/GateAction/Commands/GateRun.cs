using GateAction.Core;

namespace GateAction.Commands;

/// <summary>The main job, from the manifest to the required status.</summary>
internal sealed class GateRun(Shell shell, Inputs inputs)
{
    private readonly ReportFiles _files = new(shell.PathOf(inputs.Out ?? ReportFiles.DefaultFolder));

    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        try
        {
            using var job = await JobContext.OpenAsync(shell, inputs, cancellation);
            if (job.Event?.Ignored is not { } ignored)
                return await JudgeAsync(job, cancellation);
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
        var judge = await JudgeManifest.ReadAsync(job, cancellation);
        await using var publisher = await Publisher.BeginAsync(job, judge.Reading.Name, cancellation);
        try
        {
            if (judge.Reading.Manifest is not { } manifest)
                return await publisher.FinishAsync(BadManifest.Of(job, judge), _files, cancellation);
            var baseline = await ArtifactEvidence.ReadBaselineAsync(job, cancellation);
            var evidence = await ArtifactEvidence.ReadFollowedAsync(job, manifest.Gate.Name, cancellation)
                ?? await Measuring.MeasureAsync(job, manifest, baseline?.Evidence, cancellation);
            _files.Write(evidence);
            return await publisher.FinishAsync(await Deciding.DecideAsync(job, judge, manifest, evidence, baseline, _files), _files, cancellation);
        }
        catch (GateException exception)
        {
            await publisher.AbandonAsync(exception.Message);
            throw;
        }
    }
}
