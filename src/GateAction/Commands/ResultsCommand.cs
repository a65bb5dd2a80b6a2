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
                + "pattern takes files out again.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON document instead of a table." };
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
            var run = await ResultReader.ReadAsync(shell.Directory, Find(shell, parse.GetRequiredValue(files)), TestFilter.All,
                Severity.Error, cancellation);
            if (parse.GetValue(json))
                await ResultsJson.WriteAsync(run, shell.Out);
            else
                ResultsTable.Write(run, shell);
            return (int)(run.HasUnreadable ? ExitCode.BadInput
                : CleanCheck.Reason(run, []) is null ? ExitCode.Met : ExitCode.Inconclusive);
        });
        return command;
    }

    // A path that exists is meant as it stands, whatever characters are in it.
    private static IReadOnlyList<string> Find(Shell shell, string[] arguments)
    {
        var files = arguments.Where(argument => File.Exists(shell.PathOf(argument))).Select(shell.PathOf).ToArray();
        var folders = arguments.Where(argument => Directory.Exists(shell.PathOf(argument))).ToArray();
        var patterns = arguments.Where(argument => !Path.Exists(shell.PathOf(argument))).ToArray();
        var found = FileSearch.Search(shell.Directory, patterns);
        if (found.Unread.Count > 0)
            throw new GateException(found.Unread[0]);
        if (found.Unmatched.Count > 0)
            throw new GateException(
                $"no file matches '{found.Unmatched[0]}'; give files, folders, or patterns such as 'results/**/*.xml' in quotes");
        var excludes = patterns.Where(pattern => pattern.StartsWith('!')).ToArray();
        return [.. FileSearch.Exclude(shell.Directory, [.. files, .. folders.SelectMany(folder => In(shell, folder)), .. found.Files],
            excludes)];
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
}
