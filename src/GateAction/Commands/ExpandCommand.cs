using System.CommandLine;
using GateAction.Core.Model;
using GateAction.Manifests;
using GateAction.Manifests.Extending;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate expand</c>: what a manifest comes to once <c>extends</c> is followed and <c>for-each</c> written out.</summary>
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
            "Prints the manifest with `extends`, `for-each` and aliases written out, as it is measured and judged.",
            (0, "printed"),
            (2, "problems, or a file that cannot be read"))
        {
            file,
        };
        var options = new RunOptions();
        options.AddTokens(command);
        command.SetAction(async (parse, cancellation) =>
        {
            using var extended = ExtendedManifests.Of(shell, options.ReadTokens(parse, shell));
            var reading = await ManifestFile.ReadAsync(
                shell, ManifestFile.Find(shell, parse.GetValue(file)), extended.ReadAsync, checksEnvironment: false, cancellation);
            _ = reading.Require();
            await shell.Out.WriteAsync(ExpandedManifest.Write(reading));
            return (int)ExitCode.Met;
        });
        return command;
    }
}
