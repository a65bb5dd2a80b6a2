using System.CommandLine;
using GateAction.Core.Model;
using GateAction.Manifests;
using GateAction.Manifests.Docs;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate schema</c>: what a manifest may hold, for an editor or as a page.</summary>
internal static class SchemaCommand
{
    public static Command Create(Shell shell)
    {
        var markdown = new Option<bool>("--markdown") { Description = "Print the reference page (docs/manifest.md) instead" };
        var command = new GateCommand("schema", "Prints the JSON Schema (draft 2020-12) of a manifest.", (0, "printed")) { markdown };
        command.SetAction(parse =>
        {
            shell.Out.Write(parse.GetValue(markdown) ? ReferencePage.Write() : ManifestSchema.Write());
            return (int)ExitCode.Met;
        });
        return command;
    }
}
