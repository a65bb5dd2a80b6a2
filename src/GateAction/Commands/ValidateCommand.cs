using System.CommandLine;
using GateAction.Core.Model;
using GateAction.Core.Reports.Machine;
using GateAction.GitHub.Publishing;
using GateAction.Manifests;
using GateAction.Sources;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Commands;

/// <summary><c>gate validate</c>: every problem of a manifest at once, for a person, a program or a workflow's annotations.</summary>
internal static class ValidateCommand
{
    public static Command Create(Shell shell)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = $"Manifests to check; without one, {ManifestFile.Default}; '-' reads one from the input",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = new Option<bool>(JsonAnswer.Option) { Description = "Print the problems as JSON (gateaction/validation/1)" };
        var noEnvironment = new Option<bool>("--no-env") { Description = "Accept variables of 'env' and 'secrets' that are not set here" };
        var strict = new Option<bool>("--strict") { Description = "End with 2 also where there are only warnings" };
        var watch = new Option<bool>("--watch") { Description = "Do it again each time that a manifest changes, until Ctrl-C" };
        var command = new GateCommand(
            "validate",
            "Shows every problem of a manifest at once.",
            (0, "no problem; there may be warnings"),
            (2, "problems, or a file that cannot be read; with --strict also warnings"))
        {
            files, json, noEnvironment, strict, watch,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var given = parse.GetValue(files) ?? [];
            ExitCode Once() => Validate(shell, given, !parse.GetValue(noEnvironment), parse.GetValue(strict));
            if (!parse.GetValue(watch))
                return (int)Once();
            if (shell.Answer.IsAsked)
                throw new GateException("'--watch' and '--json' contradict each other: JSON is one document, and a watch writes many");
            return given.Contains(FileArguments.Input)
                ? throw new GateException("'-' is the input, which does not change: name the file to watch")
                : (int)await new ManifestWatch(shell, given, Once).RunAsync(cancellation);
        });
        return command;
    }

    private static ExitCode Validate(Shell shell, string[] given, bool checksEnvironment, bool isStrict)
    {
        var paths = given.Length > 0 ? given : [ManifestFile.Find(shell)];
        var readings = WithEqualNames([.. paths.Select(path => Checked(shell, path, checksEnvironment, paths.Length > 1))]);
        if (shell.Answer.IsAsked)
            shell.Answer.Give(ProblemJson.Format(readings));
        else
            shell.Out.Write(Format(readings, shell));
        var allowed = readings.All(checkedFile => checkedFile.Reading.Manifest is not null
            && !(isStrict && checkedFile.Reading.Warnings.Count > 0));
        return allowed ? ExitCode.Met : ExitCode.BadInput;
    }

    private static CheckedFile Checked(Shell shell, string path, bool checksEnvironment, bool isOneOfSeveral)
    {
        var reading = Read(shell, path, checksEnvironment, isOneOfSeveral);
        return new(ManifestFile.NameOf(path),
            reading with { Warnings = [.. reading.Warnings, .. ContainerFit.Warnings(shell, path, reading)] });
    }

    /// <summary>Warns of manifests that set one status: the worse or the later verdict of the two would stand.</summary>
    private static IReadOnlyList<CheckedFile> WithEqualNames(IReadOnlyList<CheckedFile> files) => [.. files.Select((file, index) =>
        files.Take(index).FirstOrDefault(before => before.Reading.Name == file.Reading.Name && before.File != file.File
            && before.Reading.Manifest is not null && file.Reading.Manifest is not null) is not { } first
            ? file
            : file with
            {
                Reading = file.Reading with
                {
                    Warnings =
                    [
                        .. file.Reading.Warnings,
                        new(
                            new(file.File, 1, 1),
                            "name",
                            $"the gate is called '{file.Reading.Name}', as that of '{first.File}': in one repository they set one status; "
                                + "give each manifest a 'name' of its own",
                            "",
                            1) { IsWarning = true },
                    ],
                },
            })];

    // Of several manifests, one that cannot be read must not hide what is wrong in the others.
    private static ManifestReading Read(Shell shell, string path, bool checksEnvironment, bool isOneOfSeveral)
    {
        try
        {
            return ManifestFile.Read(shell, path, checksEnvironment);
        }
        catch (GateException exception) when (isOneOfSeveral)
        {
            return new(ManifestSyntax.DefaultName, null, [new Problem(new SourcePosition(path, 1, 1), "", exception.Message, "", 1)]);
        }
    }

    private static string Format(IReadOnlyList<CheckedFile> readings, Shell shell)
    {
        var blocks = readings.SelectMany(pair =>
            pair.Reading.Problems.Concat(pair.Reading.Warnings).Select(problem => Format(problem, shell))
            .Append(Summary(pair.File, pair.Reading) + "\n"));
        return string.Join(shell.IsGitHubActions ? "" : "\n", blocks);
    }

    private static string Format(Problem problem, Shell shell) => shell.IsGitHubActions
        ? WorkflowCommands.Annotation(ToAnnotation(problem)) + "\n"
        : ProblemText.Format(problem, shell.Width, shell.HasColor);

    private static Annotation ToAnnotation(Problem problem) => new(
        problem.IsWarning ? AnnotationLevel.Warning : AnnotationLevel.Failure,
        "Gate manifest",
        problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}",
        problem.Position.File,
        problem.Position.Line,
        problem.Position.Column);

    private static string Summary(string file, ManifestReading reading) => reading.Manifest is { } manifest
        ? $"{file}: {Count(manifest.Gate.Criteria.Count, "criterion", "criteria")}{Sources(manifest)}: no "
        + $"problems{Part(reading.Warnings.Count, "warning", "warnings")}"
        : $"{file}: {Count(reading.Problems.Count, "problem", "problems")}";

    private static string Sources(Manifest manifest) => string.Concat(SourceKinds.Sections.Select(section =>
        Part(manifest.Sources.Count(source => source.Kind.Section == section), section.One, section.Many)));

    private static string Part(int count, string one, string many) => count == 0 ? "" : $", {Count(count, one, many)}";

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
