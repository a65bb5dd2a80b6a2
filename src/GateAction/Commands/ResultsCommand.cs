using System.CommandLine;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Sources.Results;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate results</c>: what the gate reads out of result files.</summary>
internal static class ResultsCommand
{
    public static Command Create(Shell shell)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description =
                "Result files, folders (every file in them that has a known format) or patterns such as 'results/**/*.xml'; '!' before a "
                + "pattern takes files out again; '-' reads one from the input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>(JsonAnswer.Option) { Description = "Print one JSON document instead of a table." };
        var command = new GateCommand(
            "results",
            "Shows what the gate reads out of test result files.",
            (0, "every file was read and is clean, whatever its tests came to"),
            (2, "a file could not be read, or none was found"),
            (3, "not clean: what was read cannot be relied on, and a gate over it is not met"))
        {
            files,
            json,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            using var input = new SavedInput(shell);
            var named = FileArguments.Find(shell, parse.GetRequiredValue(files), folder => In(shell, folder), "results/**/*.xml",
                "result file");
            var run = await ResultReader.ReadAsync(shell.Directory, [.. named.Require().Select(input.PathOf)], TestFilter.All,
                Severity.Error, cancellation, nameOf: input.NameOf);
            if (shell.Answer.IsAsked)
                await shell.Answer.GiveAsync(ResultsJson.Text(run));
            else
                ResultsTable.Write(run, shell);
            return (int)(run.HasUnreadable ? ExitCode.BadInput
                : CleanCheck.Reason(run, []) is null ? ExitCode.Met : ExitCode.Inconclusive);
        });
        return command;
    }

    private static string[] In(Shell shell, string folder)
    {
        var found = FileSearch.Search(shell.PathOf(folder), ["**/*"]);
        if (found.Unread.Count > 0)
            throw new GateException(found.Unread[0]);
        string[] known = [.. found.Files.Where(file => ResultFile.IsKnown(new(file, file)))];
        return known.Length > 0
            ? known
            : throw new GateException(
            $"no file in '{folder}' has a known format of test results; known are "
            + $"{string.Join(", ", ResultFormats.All.Select(format => format.Title))}");
    }

    /// <summary>The input as a file, because a format may be read more than once.</summary>
    private sealed class SavedInput(Shell shell) : IDisposable
    {
        private DirectoryInfo? _folder;
        private string? _path;

        public string PathOf(string path)
        {
            if (path != InputOnce.Path)
                return path;
            // A reader looks at the beginning to find the format and then reads from the start; a pipe cannot go back.
            using var input = shell.OpenInput();
            _folder = Directory.CreateTempSubdirectory("gate-");
            _path = Path.Combine(_folder.FullName, "input");
            using var file = File.Create(_path);
            input.CopyTo(file);
            return _path;
        }

        public string NameOf(string path) => path == _path ? InputOnce.Name : ResultReader.NameOf(shell.Directory, path);

        public void Dispose() => _folder?.Delete(recursive: true);
    }
}
