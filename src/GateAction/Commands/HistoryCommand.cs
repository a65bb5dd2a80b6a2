using System.CommandLine;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using GateAction.Core.Reports.Machine;
using GateAction.GitHub.Artifacts;
using GateAction.Surroundings;
using GateAction.Terminal;

namespace GateAction.Commands;

/// <summary><c>gate history</c>: the verdicts of earlier runs, over time.</summary>
internal static class HistoryCommand
{
    public static Command Create(Shell shell)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description =
                "Evidence and verdict files, folders that hold them (downloaded artifacts, each in a folder of its own), or patterns "
                + "of files; '-' reads evidence from the input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var artifacts = new Option<string?>("--artifacts")
        {
            HelpName = "N",
            Arity = ArgumentArity.ZeroOrOne,
            Description =
                "Read what the last N runs of the branch left on GitHub (default: 20, at most 100); needs a token that may read actions."
        };
        var name = new Option<string>("--artifact-name")
        {
            HelpName = "NAME",
            Description = "How the workflow names its artifact.",
            DefaultValueFactory = _ => ArtifactName.Default,
        };
        var branch = new Option<string?>("--branch")
        { HelpName = "NAME", Description = "The branch whose artifacts are read; else the default branch." };
        var access = new GitHubAccess();
        var gate = new Option<string?>("--gate") { HelpName = "NAME", Description = "The gate to show, where the files are of several." };
        var json = new Option<bool>(JsonAnswer.Option)
        { Description = "Print one JSON document (schema/history.schema.json) instead of a table." };
        var html = new Option<string?>("--html")
        { HelpName = "FILE", Description = "Write the newest run's HTML report with the history in it." };
        var command = new Command(
            "history",
            "Shows score, verdict, latencies and flaky tests of earlier runs over time. Exit codes: 0 shown, 2 a file is no evidence or "
            + "verdict, or there is none, 4 GitHub could not be asked.")
        {
            paths, artifacts, name, branch, gate, json, html,
        };
        access.AddTo(command);
        command.SetAction(async (parse, cancellation) =>
        {
            var found = HistoryFiles.Read(shell, parse.GetValue(paths) ?? [], parse.GetValue(gate));
            if (parse.GetResult(artifacts) is not null)
            {
                var count = HistoryArtifacts.ReadCount(parse.GetValue(artifacts) ?? "");
                var (client, _) = access.Open(parse, shell);
                using (client)
                    found = [.. found, .. await new HistoryArtifacts(shell, client).ReadAsync(parse.GetValue(name)!, parse.GetValue(branch),
                        parse.GetValue(gate), count, cancellation)];
            }
            var runs = OfOneGate(found);
            if (parse.GetValue(html) is { } file)
                WriteHtml(shell, file, runs);
            if (shell.Answer.IsAsked)
                await shell.Answer.GiveAsync(Json(runs));
            else
                HistoryTable.Write(shell, [.. runs.Select(run => run.Entry)]);
            return (int)ExitCode.Met;
        });
        return command;
    }

    /// <summary>Oldest first. Throws if there is none, or if they are of several gates.</summary>
    private static HistoryRun[] OfOneGate(IReadOnlyList<HistoryRun> runs)
    {
        if (runs.Count == 0)
            throw new GateException("name files or folders of earlier runs, or read those on GitHub with '--artifacts'");
        var gates = runs.Select(run => run.Gate).Distinct(StringComparer.Ordinal).ToArray();
        return gates.Length == 1
            ? [.. runs.OrderBy(run => run.Entry.StartedAt)]
            : throw new GateException(
            $"the runs are of several gates; choose one of {string.Join(", ", gates.Select(gate => $"'{gate}'"))} with '--gate'");
    }

    private static string Json(IReadOnlyList<HistoryRun> runs)
    {
        using var stream = new MemoryStream();
        HistoryJson.Write(stream, runs[^1].Gate, [.. runs.Select(run => run.Entry)]);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteHtml(Shell shell, string file, IReadOnlyList<HistoryRun> runs)
    {
        var newest = runs[^1];
        var verdict = newest.Verdict
            ?? throw new GateException(
            $"the newest run, '{newest.Entry.Name}', left no verdict.json, which the HTML report needs; keep it beside its evidence.json");
        using var text = new StringWriter();
        HtmlReport.Write(text, verdict, new ReportContext(DecideStep.Version),
            new HtmlSources(newest.Evidence, History: [.. runs.Select(run => run.Entry)]));
        new ReportFiles(shell.Directory, shell.Directory, shell.Secrets).WriteText(shell.PathOf(file), text.ToString());
    }
}
