using System.CommandLine;
using GateAction.Core.Model;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate publish</c>: decides on evidence again and tells GitHub. A verdict file is a report, never an input.</summary>
internal static class PublishCommand
{
    public static Command Create(Shell shell)
    {
        var options = new RunOptions();
        var evidence = new Argument<string[]>("EVIDENCE")
        { Description = EvidenceFiles.Argument, Arity = ArgumentArity.OneOrMore };
        var command = new GateCommand(
            "publish",
            "Decides on evidence, comments and sets the status: the trusted second half for what another job measured.",
            GateCommand.OfVerdict) { evidence };
        options.AddDeciding(command);
        options.AddPublishing(command);
        command.SetAction(async (parse, cancellation) =>
            (int)await PublishAsync(shell, options.Read(parse, shell), parse.GetValue(evidence)!, cancellation));
        return command;
    }

    /// <param name="paths">Null for the artifact that the input <c>evidence</c> names.</param>
    public static Task<ExitCode> PublishAsync(Shell shell, Inputs inputs, string[]? paths, CancellationToken cancellation) =>
        inputs.Job is null
        ? throw new GateException(
            "there is no commit to publish to: 'gate publish' runs in a GitHub workflow, and GITHUB_ACTIONS is not 'true'")
        : new GateRun(shell, paths is null ? inputs : inputs with { Evidence = null }, paths).RunAsync(cancellation);
}
