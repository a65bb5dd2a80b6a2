using System.CommandLine;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate run</c>: measures, decides, reports; in a workflow it publishes.</summary>
internal static class RunCommand
{
    public static Command Create(Shell shell)
    {
        var options = new RunOptions();
        var command = new GateCommand(
            "run",
            "The main job: measures what the manifest asks for, decides and reports. In a GitHub workflow it comments and sets the "
            + "status, and takes the action's inputs (INPUT_…) for options not given.",
            GateCommand.OfVerdict);
        options.AddMeasuring(command);
        options.AddBaseline(command);
        options.AddEvidence(command);
        options.AddPublishing(command);
        command.SetAction(async (parse, cancellation) => (int)await new GateRun(shell, options.Read(parse, shell)).RunAsync(cancellation));
        return command;
    }
}
