using System.CommandLine;

namespace GateAction.Commands;

/// <summary><c>gate run</c>: measures, decides, reports; in a workflow it publishes.</summary>
internal static class RunCommand
{
    public static Command Create(Shell shell)
    {
        var options = new RunOptions();
        var command = new Command(
            "run",
            "The main job: measures what the manifest asks for, decides, and reports; in a GitHub workflow it comments and sets the status.\n"
            + "Every option can also be given as the action's input of the same name (INPUT_…).\n"
            + ExitCodes.OfVerdict);
        options.AddMeasuring(command);
        options.AddBaseline(command);
        options.AddEvidence(command);
        options.AddPublishing(command);
        command.SetAction(async (parse, cancellation) => (int)await new GateRun(shell, options.Read(parse, shell)).RunAsync(cancellation));
        return command;
    }
}
