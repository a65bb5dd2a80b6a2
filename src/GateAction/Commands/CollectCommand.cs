using System.CommandLine;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate collect</c>: measures, and leaves the decision to <c>gate decide</c>.</summary>
internal static class CollectCommand
{
    public static Command Create(Shell shell)
    {
        var options = new RunOptions();
        var command = new GateCommand(
            "collect",
            "Measures only, and writes evidence.json. Jobs of a matrix can each collect a share ('--only'); 'gate decide' merges.",
            (0, "the evidence is written, whatever was measured"),
            (2, "the manifest or an input is wrong"),
            (4, "the evidence could not be written, or the gate itself failed"));
        options.AddMeasuring(command);
        options.AddBaseline(command);
        options.AddOutput(command, "evidence.json");
        command.SetAction(async (parse, cancellation) =>
            (int)await (options.IsDryRun(parse)
                ? DryRun.ShowAsync(options.Around(shell, parse), options.Read(parse, shell), isJudged: false, cancellation)
                : CollectAsync(options.Around(shell, parse), options.Read(parse, shell), cancellation)));
        return command;
    }

    public static async Task<ExitCode> CollectAsync(Shell shell, Inputs inputs, CancellationToken cancellation)
    {
        var files = ReportFiles.Of(shell, inputs);
        // Before anything can fail: what an earlier run left must not be uploaded as this one's.
        files.RemoveStale(GivenFiles.Of(shell, inputs).All);
        using var opened = await JobContext.OpenAsync(shell, inputs, cancellation);
        var job = opened;
        var judge = await EffectiveManifest.ReadAsync(job, cancellation);
        if (judge.Reading.Manifest is not { } manifest)
            return BadManifest.Of(job, judge).ExitCode;
        files.RequireFolder();
        job = await job.ConfirmChangedAsync(manifest.Gate, cancellation);
        var baseline = await ArtifactEvidence.ReadBaselineAsync(job, manifest.Gate.Name, cancellation);
        var evidence = await MeasureStep.MeasureAsync(job, judge, manifest, baseline?.Evidence, cancellation);
        files.Write(evidence);
        if (shell.Answer.IsAsked)
            await shell.Answer.GiveAsync(EvidenceJson.Text(shell.Secrets.Mask(evidence)));
        var measured = evidence.Measurements.Values.Count(measurement => measurement.Outcome == Outcome.Measured);
        await shell.Out.WriteLineAsync(
            $"{measured} of {evidence.Measurements.Count} sources measured; the evidence is in {files.EvidencePath}");
        return ExitCode.Met;
    }
}
