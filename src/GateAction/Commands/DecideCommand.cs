using System.CommandLine;
using GateAction.Core.Documents;
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
        { Description = "Evidence files of 'gate collect'; they are merged.", Arity = ArgumentArity.OneOrMore };
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
        using var job = await JobContext.OpenAsync(shell, inputs, cancellation);
        var judge = await JudgeManifest.ReadAsync(job, cancellation);
        if (judge.Reading.Manifest is not { } manifest)
            return BadManifest.Of(job, judge).ExitCode;
        var merged = EvidenceMerge.Merge([.. paths.Select(path => (path, EvidenceFiles.Read(shell, path)))]);
        // In a workflow the judged commit is this run's, whatever an evidence file says of itself.
        var evidence = job.Session is null ? merged : merged with { GitHub = job.GitHubFacts, Changed = job.Changed };
        var files = ReportFiles.Of(shell, inputs);
        files.Write(evidence);
        var baseline = await ArtifactEvidence.ReadBaselineAsync(job, cancellation);
        return (await Deciding.DecideAsync(job, judge, manifest, evidence, baseline, files, cancellation)).ExitCode;
    }
}
