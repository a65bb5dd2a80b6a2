using System.CommandLine;
using GateAction.Core.Model;
using GateAction.Manifests;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Commands;

/// <summary><c>gate expand</c>: what a manifest comes to once <c>for-each</c> is written out.</summary>
internal static class ExpandCommand
{
    public static Command Create(Shell shell)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = $"The manifest; without one, {ManifestFile.Default}; '-' reads it from the input",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new GateCommand(
            "expand",
            "Prints the manifest with `for-each` and aliases written out, as it is measured and judged.",
            (0, "printed"),
            (2, "problems, or a file that cannot be read"))
        {
            file,
        };
        command.SetAction(parse =>
        {
            var reading = ManifestFile.Read(shell, ManifestFile.Find(shell, parse.GetValue(file)), checksEnvironment: false);
            _ = reading.Require();
            shell.Out.Write(YamlWriter.Write(reading.Root!));
            return (int)ExitCode.Met;
        });
        return command;
    }
}
