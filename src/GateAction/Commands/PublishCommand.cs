using System.CommandLine;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate publish</c>: tells GitHub a verdict that was decided before.</summary>
internal static class PublishCommand
{
    public static Command Create(Shell shell)
    {
        var options = new RunOptions();
        var verdict = new Argument<string>("VERDICT") { Description = "The verdict.json of 'gate decide'." };
        var command = new GateCommand(
            "publish",
            "Comments and sets the status for a verdict: the trusted second half for pull requests from forks ('workflow_run').",
            GateCommand.OfVerdict) { verdict };
        options.AddPublishing(command);
        options.AddToken(command);
        command.SetAction(async (parse, cancellation) =>
            (int)await PublishAsync(shell, options.Read(parse, shell), parse.GetValue(verdict)!, cancellation));
        return command;
    }

    private static async Task<ExitCode> PublishAsync(Shell shell, Inputs inputs, string path, CancellationToken cancellation)
    {
        Verdict verdict;
        using (var stream = EvidenceFiles.Open(shell, path, "verdict"))
            verdict = VerdictJson.Read(stream, path);
        if (inputs.Job is null)
            throw new GateException(
                "there is nobody to publish to: 'gate publish' runs in a GitHub workflow (GITHUB_ACTIONS is not 'true')");
        using var job = await JobContext.OpenAsync(shell, inputs, cancellation);
        await using var publisher = await Publisher.BeginAsync(job, verdict.Gate, cancellation);
        var context = Deciding.Context(job, null, null);
        var decided = new Decided(Deciding.ExitCodeOf(verdict), Deciding.ReportOf(verdict, null, context, inputs));
        var files = new ReportFiles(Path.GetDirectoryName(shell.PathOf(path))!, inputs.Job.Workspace, shell.Secrets);
        return await publisher.FinishAsync(decided, files, cancellation);
    }
}
