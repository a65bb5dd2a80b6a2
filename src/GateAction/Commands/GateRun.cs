using GateAction.Core;

namespace GateAction.Commands;

/// <summary>The main job, from the manifest to the required status.</summary>
internal sealed class GateRun(Shell shell, Inputs inputs)
{
    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        using var job = await JobContext.OpenAsync(shell, inputs, cancellation);
        if (job.Event?.Ignored is { } ignored)
        {
            await shell.Out.WriteLineAsync($"gate: nothing to judge: {ignored}");
            return ExitCode.Met;
        }
        var files = new ReportFiles(job.Out);
        var judge = await JudgeManifest.ReadAsync(job, cancellation);
        await using var publisher = await Publisher.BeginAsync(job, judge.Reading.Name, cancellation);
        try
        {
            if (judge.Reading.Manifest is not { } manifest)
                return await publisher.FinishAsync(BadManifest.Of(job, judge), files, cancellation);
            var evidence = await Measuring.MeasureAsync(job, manifest, cancellation);
            files.Write(evidence);
            var decided = await Deciding.DecideAsync(job, judge, manifest, evidence, files);
            return await publisher.FinishAsync(decided, files, cancellation);
        }
        catch (GateException exception)
        {
            await publisher.AbandonAsync(exception.Message, files);
            throw;
        }
    }
}
