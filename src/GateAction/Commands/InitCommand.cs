using System.CommandLine;
using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.Manifests;
using GateAction.Manifests.Starter;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate init</c>: a first manifest and workflow that fit what lies in the folder.</summary>
internal static class InitCommand
{
    public static Command Create(Shell shell)
    {
        var path = new Argument<string>("FILE")
        { Description = "Where to write the manifest", DefaultValueFactory = _ => ManifestFile.First };
        var force = new Option<bool>("--force") { Description = "Replace a manifest and a workflow that are there already" };
        var command = new GateCommand(
            "init",
            "Writes a first manifest, and a workflow that runs the tests it finds and the gate.",
            (0, "written"),
            (2, "there is a manifest already, or a file cannot be written"))
        {
            path, force,
        };
        command.SetAction(parse =>
        {
            Run(shell, parse.GetRequiredValue(path), parse.GetValue(force));
            return (int)ExitCode.Met;
        });
        return command;
    }

    private static void Run(Shell shell, string file, bool replaces)
    {
        if (!replaces && file == ManifestFile.First
            && ManifestPaths.Default.FirstOrDefault(path => path != file && File.Exists(shell.PathOf(path))) is { } present)
            throw new GateException($"there is a manifest '{present}' already; `gate init --force` writes '{file}', which is read first");
        var survey = Survey.Of(shell.Directory);
        var until = DateOnly.FromDateTime(shell.Time.GetUtcNow().UtcDateTime).AddDays(30);
        var written = new List<string>();
        if (!TryWrite(shell, "manifest", file, StarterManifest.Write(survey, until), replaces))
            throw new GateException($"there is a manifest '{file}' already; `gate init --force` replaces it", ExitCode.BadInput);
        written.Add(file);
        var hasWorkflow = TryWrite(shell, "workflow", StarterWorkflow.File, StarterWorkflow.Write(survey, file), replaces);
        if (hasWorkflow)
            written.Add(StarterWorkflow.File);
        var ignored = GitIgnore.Add(shell.PathOf(".gitignore"), [ActionInput.Out.Default + "/", StarterWorkflow.ResultFolder + "/"]);
        var found = survey.Findings().ToList();
        shell.Out.Write(
            $"found {(found.Count > 0 ? string.Join(", ", found) : "no tests that it knows and no sign of a service")}\nwrote "
            + $"{string.Join(", ", written)}\n");
        if (ignored.Count > 0)
            shell.Out.Write($"added {string.Join(" and ", ignored)} to .gitignore\n");
        if (!hasWorkflow)
            shell.Out.Write($"kept {StarterWorkflow.File}, which was there already; `gate init --force` replaces it\n");
        shell.Out.Write(NextSteps(file, survey));
    }

    private static string NextSteps(string file, Survey survey) => $"""

        Next:
          1. {(survey.Service.IsAny || survey.Projects.Count + survey.ResultFiles.Count == 0
            ? $"Set the variable STAGING_URL of the repository, or 'target' in {file}. `gate validate` checks that, `gate run` tries it."
            : $"Read {file}. `gate validate` checks it, `gate run` tries it here once the tests have run.")}
          2. Commit, and require the status 'gate/staging' on the main branch; `gate doctor` looks whether it is.
          3. For hints in your editor: `gate schema > .github/gate.schema.json`, and as first line of the manifest
             # yaml-language-server: $schema=gate.schema.json

        """;

    /// <summary>False if there is such a file, which is then left as it is.</summary>
    private static bool TryWrite(Shell shell, string what, string file, string text, bool replaces)
    {
        var fullPath = shell.PathOf(file);
        if (Directory.Exists(fullPath))
            throw new GateException($"the {what} cannot be written: '{file}' is a folder; name a file in it");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(fullPath)!);
            // CreateNew, not a look beforehand: between a look and the writing another program may write one.
            using var stream = new FileStream(fullPath, replaces ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(stream);
            writer.Write(text);
            return true;
        }
        catch (IOException) when (!replaces && File.Exists(fullPath))
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GateException($"the {what} '{file}' cannot be written: {exception.Message.TrimEnd('.')}", ExitCode.BadInput,
                exception);
        }
    }
}
