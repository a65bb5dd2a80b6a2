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
            Description = "Result files or patterns such as 'results/**/*.xml'; '!' before a pattern takes files out again.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON document instead of a table." };
        var command = new GateCommand(
            "results",
            "Shows what the gate reads out of test result files.",
            (0, "every file was read, whatever the tests came to"),
            (2, "a file could not be read, or none was found"))
        {
            files,
            json,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var run = await ResultReader.ReadAsync(shell.Directory, Find(shell, parse.GetRequiredValue(files)), TestFilter.All, cancellation);
            if (parse.GetValue(json))
                await ResultsJson.WriteAsync(run, shell.Out);
            else
                ResultsTable.Write(run, shell);
            return (int)(run.HasUnreadable ? ExitCode.BadInput : ExitCode.Met);
        });
        return command;
    }

    // A path that exists is meant as it stands, whatever characters are in it.
    private static IReadOnlyList<string> Find(Shell shell, string[] arguments)
    {
        var literal = arguments.Where(argument => File.Exists(shell.PathOf(argument))).Select(shell.PathOf).ToArray();
        var patterns = arguments.Where(argument => !File.Exists(shell.PathOf(argument))).ToArray();
        foreach (var pattern in patterns.Where(pattern => !pattern.StartsWith('!')))
        {
            if (FileSearch.Find(shell.Directory, [pattern]).Count == 0)
                throw new GateException($"no file matches '{pattern}'; give files, or patterns such as 'results/**/*.xml' in quotes");
        }
        var found = FileSearch.Find(shell.Directory, patterns);
        var excludes = patterns.Where(pattern => pattern.StartsWith('!')).ToArray();
        return [.. FileSearch.Exclude(shell.Directory, [.. literal, .. found], excludes)];
    }
}
