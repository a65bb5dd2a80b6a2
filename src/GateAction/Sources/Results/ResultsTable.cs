using System.Globalization;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Surroundings;
using Spectre.Console;

namespace GateAction.Sources.Results;

/// <summary>What <c>gate results</c> prints for people: one row a file, the sum, then the problems with file and line and the failing
/// tests.</summary>
internal static class ResultsTable
{
    private const int ListedFailures = 20;
    private const int NamedInGroup = 5;
    private static readonly (TestFigure Figure, string Colour)[] Counted =
    [
        (TestFigure.Passed, "green"), (TestFigure.Failed, "red"), (TestFigure.Errors, "red"), (TestFigure.Skipped, "yellow"),
        (TestFigure.Flaky, "yellow"),
    ];

    private static readonly string[] Columns = ["tests", .. Counted.Select(column => column.Figure.Name), "time"];

    public static void Write(ResultRun run, Shell shell)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(shell.Out),
            Ansi = shell.HasColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = shell.HasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = shell.Width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(TableOf(run));
        foreach (var file in run.Files)
            WriteProblems(console, file);
        WriteFailures(console, run);
        if (CleanCheck.Reason(run, []) is { } reason)
            console.MarkupLine($"[red]{Markup.Escape(Printable.Of(reason))}[/]");
    }

    private static Table TableOf(ResultRun run)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("file").AddColumn("format");
        foreach (var column in Columns)
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        foreach (var file in run.Files)
            table.AddRow([Markup.Escape(file.Path), file.Format ?? "[red]unknown[/]", .. Cells(file.Counts)]);
        if (run.Files.Count > 1)
            table.AddRow(["[bold]all[/]", $"{run.Files.Count} files", .. Cells(run.Counts)]);
        return table;
    }

    private static IEnumerable<string> Cells(TestCounts counts) =>
    [
        Number(counts.Total),
        .. Counted.Select(column => Coloured(column.Figure.In(counts), column.Colour)),
        UnitText.Duration(counts.Duration),
    ];

    private static string Coloured(long count, string colour) => count == 0 ? "0" : $"[{colour}]{Number(count)}[/]";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static void WriteProblems(IAnsiConsole console, FileTally file)
    {
        foreach (var problem in file.Problems)
        {
            var (label, colour) = problem.Severity == Severity.Warning ? ("warning", "yellow") : ("error", "red");
            var place = problem.Line > 0 ? $"{file.Path}:{problem.Line}{(problem.Column > 0 ? $":{problem.Column}" : "")}" : file.Path;
            console.MarkupLine($"{Markup.Escape(place)}: [{colour}]{label}[/]: {Markup.Escape(problem.Message)}");
        }
        if (file.MoreProblems > 0)
            console.MarkupLine($"{Markup.Escape(file.Path)}: {file.MoreProblems} more problems");
    }

    private static void WriteFailures(IAnsiConsole console, ResultRun run)
    {
        var failing = run.Counts.Failed + run.Counts.Errors;
        var groups = FailureGroup.In(run.Failures).ToDictionary(group => group.Message, StringComparer.Ordinal);
        var shown = 0L;
        foreach (var test in run.Failures.Where(test => !groups.TryGetValue(FailureGroup.MessageOf(test), out var group)
            || ReferenceEquals(group.Tests[0], test)).Take(ListedFailures))
        {
            var isGroup = groups.TryGetValue(FailureGroup.MessageOf(test), out var group);
            var message = FailureGroup.MessageOf(test) is { Length: > 0 } line ? $": {Reading.Text.Cut(line, 160)}" : "";
            var text = isGroup ? group!.Show(NamedInGroup) : test.FullName + message;
            console.MarkupLine($"[red]{(test.Outcome == TestOutcome.Error ? "error" : "failed")}[/]  {Markup.Escape(Printable.Of(text))}");
            shown += isGroup ? group!.Tests.Count : 1;
        }
        if (failing > shown)
            console.MarkupLine($"… and {Number(failing - shown)} more");
    }
}
