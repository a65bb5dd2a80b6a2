using System.CommandLine;
using GateAction.Core.Model;
using GateAction.Core.Reports.Machine;
using GateAction.GitHub.Publishing;
using GateAction.Manifests;
using GateAction.Manifests.Extending;
using GateAction.Sources;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Commands;

/// <summary><c>gate validate</c>: every problem of a manifest at once, for a person, a program or a workflow's annotations.</summary>
internal static class ValidateCommand
{
    public static Command Create(Shell shell)
    {
        var named = new Argument<string[]>("FILE")
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
            named, json, noEnvironment, strict, watch,
        };
        var options = new RunOptions();
        options.AddTokens(command);
        command.SetAction(async (parse, cancellation) =>
        {
            var given = parse.GetValue(named) ?? [];
            using var extended = ExtendedManifests.Of(shell, options.ReadTokens(parse, shell));
            var validation = new Validation(shell, given, extended, !parse.GetValue(noEnvironment), parse.GetValue(strict));
            if (!parse.GetValue(watch))
                return (int)await validation.RunAsync(cancellation);
            if (shell.Answer.IsAsked)
                throw new GateException("'--watch' and '--json' contradict each other: JSON is one document, and a watch writes many");
            return given.Contains(InputOnce.Path)
                ? throw new GateException("'-' is the input, which does not change: name the file to watch")
                : (int)await new ManifestWatch(shell, given, validation).RunAsync(cancellation);
        });
        return command;
    }
}

/// <summary>Validates manifests once, with all that they extend.</summary>
/// <param name="given">Empty for where a manifest lies.</param>
internal sealed class Validation(Shell shell, string[] given, ExtendedManifests extended, bool checksEnvironment, bool isStrict)
{
    /// <summary>The files of the checkout that the manifests extended the last time.</summary>
    public IReadOnlyList<string> Extended { get; private set; } = [];

    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        var paths = given.Length > 0 ? given : [ManifestFile.Find(shell)];
        var files = new List<CheckedFile>();
        foreach (var path in paths)
            files.Add(await CheckedAsync(path, paths.Length > 1, cancellation));
        var readings = WithEqualNames(files);
        Extended = [.. readings.SelectMany(file => file.Reading.Extended).Where(part => part.Place == ManifestPlace.Checkout)
            .Select(part => extended.PathOf(part.Path)).Distinct()];
        if (shell.Answer.IsAsked)
            shell.Answer.Give(ProblemJson.Format(readings));
        else
            await shell.Out.WriteAsync(Format(readings, shell));
        var allowed = readings.All(checkedFile => checkedFile.Reading.Manifest is not null
            && !(isStrict && checkedFile.Reading.Warnings.Count > 0));
        return allowed ? ExitCode.Met : ExitCode.BadInput;
    }

    private async Task<CheckedFile> CheckedAsync(string path, bool isOneOfSeveral, CancellationToken cancellation)
    {
        var reading = await ReadAsync(path, isOneOfSeveral, cancellation);
        return new(ManifestFile.NameOf(path),
            reading with { Warnings = [.. reading.Warnings, .. ContainerFit.Warnings(shell, path, reading)] });
    }

    // Of several manifests, one that cannot be read must not hide what is wrong in the others.
    private async Task<ManifestReading> ReadAsync(string path, bool isOneOfSeveral, CancellationToken cancellation)
    {
        try
        {
            return await ManifestFile.ReadAsync(shell, path, extended.ReadAsync, checksEnvironment, cancellation);
        }
        catch (GateException exception) when (isOneOfSeveral)
        {
            return new(ManifestSyntax.DefaultName, null, [new Problem(new SourcePosition(path, 1, 1), "", exception.Message, "", 1)]);
        }
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

    private static string Format(IReadOnlyList<CheckedFile> readings, Shell shell)
    {
        var blocks = readings.SelectMany(pair =>
            pair.Reading.Problems.Concat(pair.Reading.Warnings).Select(problem => Format(problem, shell))
            .Append(Summary(pair.File, pair.Reading) + "\n"));
        // An empty line between annotations would stand in the log and nowhere else.
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
