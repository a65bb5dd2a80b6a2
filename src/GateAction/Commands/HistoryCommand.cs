using System.CommandLine;
using GateAction.Core;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using GateAction.Terminal;

namespace GateAction.Commands;

/// <summary><c>gate history</c>: what earlier runs came to, over time.</summary>
internal static class HistoryCommand
{
    public static Command Create(Shell shell)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Evidence and verdict files, or folders that hold them: downloaded artifacts, each in a folder of its own.",
            Arity = ArgumentArity.OneOrMore,
        };
        var gate = new Option<string?>("--gate") { HelpName = "NAME", Description = "The gate to show, where the files are of several." };
        var json = new Option<bool>("--json") { Description = "Print one JSON document (schema/history.schema.json) instead of a table." };
        var html = new Option<string?>("--html") { HelpName = "FILE", Description = "Write the newest run's HTML report with the history in it." };
        var command = new Command(
            "history",
            "Shows score, verdict, latencies and flaky tests of earlier runs over time. Exit codes: 0 shown, 2 a file is no evidence or verdict, or there is none.")
        {
            paths, gate, json, html,
        };
        command.SetAction(parse =>
        {
            var runs = HistoryFiles.Read(shell, parse.GetRequiredValue(paths), parse.GetValue(gate));
            if (parse.GetValue(html) is { } file)
                WriteHtml(shell, file, runs);
            if (parse.GetValue(json))
                WriteJson(shell, runs);
            else
                HistoryTable.Write(shell, [.. runs.Select(run => run.Entry)]);
            return (int)ExitCode.Met;
        });
        return command;
    }

    private static void WriteJson(Shell shell, IReadOnlyList<HistoryRun> runs)
    {
        using var stream = new MemoryStream();
        HistoryJson.Write(stream, runs[^1].Gate, [.. runs.Select(run => run.Entry)]);
        shell.Out.Write(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void WriteHtml(Shell shell, string file, IReadOnlyList<HistoryRun> runs)
    {
        var newest = runs[^1];
        var verdict = newest.Verdict ?? throw new GateException($"the newest run, '{newest.Entry.Name}', left no verdict.json, which the HTML report needs; keep it beside its evidence.json");
        using var text = new StringWriter();
        HtmlReport.Write(text, verdict, new ReportContext(Deciding.Version), new HtmlSources(newest.Evidence, History: [.. runs.Select(run => run.Entry)]));
        ReportFiles.WriteText(shell.PathOf(file), text.ToString());
    }
}
