using System.CommandLine;
using GateAction.Core.Model;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate decide</c>: evidence files to one verdict.</summary>
internal static class DecideCommand
{
    public static Command Create(Shell shell)
    {
        var options = new RunOptions();
        var evidence = new Argument<string[]>("EVIDENCE")
        {
            Description = "Evidence files of 'gate collect', as in a/evidence.json b/evidence.json; they are merged.",
            Arity = ArgumentArity.OneOrMore
        };
        var command = new GateCommand(
            "decide",
            "Merges evidence files, decides by the manifest and writes verdict.json; 'gate publish' tells GitHub.",
            GateCommand.OfVerdict) { evidence };
        options.AddDeciding(command);
        command.SetAction(async (parse, cancellation) =>
            (int)await DecideAsync(shell, options.Read(parse, shell), parse.GetValue(evidence)!, cancellation));
        return command;
    }

    private static async Task<ExitCode> DecideAsync(Shell shell, Inputs inputs, string[] paths, CancellationToken cancellation)
    {
        var files = ReportFiles.Of(shell, inputs);
        files.RemoveStale([inputs.Baseline is { } named ? shell.PathOf(named) : null, .. paths.Select(shell.PathOf)]);
        using var opened = await JobContext.OpenAsync(shell, inputs, cancellation);
        var job = opened with { IsToMeasure = false };
        var judge = await JudgeManifest.ReadAsync(job, cancellation);
        if (judge.Reading.Manifest is not { } manifest)
            return BadManifest.Of(job, judge).ExitCode;
        job = await job.ConfirmChangedAsync(manifest.Gate, cancellation);
        var baseline = await ArtifactEvidence.ReadBaselineAsync(job, manifest.Gate.Name, cancellation);
        var evidence = EvidenceFiles.ReadAll(job, manifest, paths);
        files.Write(evidence);
        return (await Deciding.DecideAsync(job, judge, manifest, evidence, baseline, files, cancellation)).ExitCode;
    }
}
