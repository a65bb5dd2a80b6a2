using System.CommandLine;
using GateAction.Core.Model;
using GateAction.Manifests;
using GateAction.Manifests.Starter;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate init</c>: a first manifest that fits what lies in the folder.</summary>
internal static class InitCommand
{
    public static Command Create(Shell shell)
    {
        var path = new Argument<string>("FILE") { Description = "Where to write it", DefaultValueFactory = _ => ManifestFile.Workflow };
        var force = new Option<bool>("--force") { Description = "Replace a manifest that is there already" };
        var command = new GateCommand(
            "init",
            "Writes a first manifest, with comments, that fits what it finds in the folder.",
            (0, "written"),
            (2, "there is one already, or it cannot be written"))
        {
            path, force,
        };
        command.SetAction(parse =>
        {
            var file = parse.GetRequiredValue(path);
            var survey = Survey.Of(shell.Directory);
            Write(shell.PathOf(file), file,
                StarterManifest.Write(survey, DateOnly.FromDateTime(shell.Time.GetUtcNow().UtcDateTime).AddDays(30)),
                parse.GetValue(force));
            shell.Out.Write(StarterWorkflow.NextSteps(file, survey));
            return (int)ExitCode.Met;
        });
        return command;
    }

    private static void Write(string fullPath, string file, string text, bool replaces)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(fullPath)!);
            using var stream = new FileStream(fullPath, replaces ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(stream);
            writer.Write(text);
        }
        catch (IOException exception) when (!replaces && File.Exists(fullPath))
        {
            throw new GateException($"there is a manifest '{file}' already; `gate init --force` replaces it", ExitCode.BadInput, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GateException($"the manifest '{file}' cannot be written: {exception.Message.TrimEnd('.')}", ExitCode.BadInput,
                exception);
        }
    }
}
