using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Markdown;
using GateAction.Surroundings;
using Spectre.Console;

namespace GateAction.Terminal;

/// <summary>Earlier runs for people: one row a run, then latencies and flaky tests over all of them.</summary>
internal static class HistoryTable
{
    private const int MostFlaky = 10;

    /// <param name="history">Oldest first.</param>
    public static void Write(Shell shell, IReadOnlyList<HistoryEntry> history)
    {
        using var text = new StringWriter();
        var console = TerminalConsole.Of(shell, text);
        console.Write(Runs(history));
        foreach (var line in Latencies(history).Concat(Flaky(history)))
            console.MarkupLine(line);
        if (Trend.Of(history) is { } trend)
            console.MarkupLine($"\n[bold]{TerminalConsole.Safe(trend)}[/]");
        shell.Out.Write(TerminalConsole.ForLog(shell, text.ToString()));
    }

    private static Table Runs(IReadOnlyList<HistoryEntry> history)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("measured").NoWrap()).AddColumn("run").AddColumn(new TableColumn("verdict").NoWrap());
        foreach (var column in new[] { "score", "failed tests", "flaky tests" })
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        foreach (var run in history)
            table.AddRow($"{UnitText.Moment(run.StartedAt)}", TerminalConsole.Safe(run.Name, 80), Verdict(run.State),
                StateWords.Percent(run.Score), $"{run.FailedTests:#,0}", $"{run.FlakyTests.Count:#,0}");
        return table;
    }

    private static string Verdict(VerdictState? state) => state is { } known && StateWords.Of(known) is var words
        ? $"[{TerminalConsole.ColorOf(words)}]{words.Name}[/]"
        : "[grey]not decided[/]";

    private static IEnumerable<string> Latencies(IReadOnlyList<HistoryEntry> history) => history[^1].Latencies.Select(entry =>
    {
        TimeSpan?[] course = [.. history.Select(run => run.Latencies.TryGetValue(entry.Key, out var latency) ? latency : (TimeSpan?)null)];
        // Against the median of the runs before: one slow night among them makes no trend.
        var change = StateWords.Change(Trend.Change(entry.Key, history));
        return $"p95 of {TerminalConsole.Safe(entry.Key)} {Sparkline.Of(course)} "
            + $"{UnitText.Duration(entry.Value)}{(change.Length > 0 ? $"{change} against the median before" : "")}";
    });

    private static IEnumerable<string> Flaky(IReadOnlyList<HistoryEntry> history) => history
        .SelectMany(run => run.FlakyTests)
        .GroupBy(name => name, StringComparer.Ordinal)
        .OrderByDescending(group => group.Count())
        .Take(MostFlaky)
        .Select(group => $"[yellow]flaky[/] in {group.Count()} of {history.Count} runs: {TerminalConsole.Safe(group.Key)}");
}
