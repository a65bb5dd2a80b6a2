using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Markdown;
using GateAction.Surroundings;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GateAction.Terminal;

/// <summary>The verdict as a person reads it in a terminal or a log: what is wrong first, then the checklist.</summary>
internal static class TerminalReport
{
    private const int Indent = 2;
    private const int MostComparisons = 3;
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Grey = new(Color.Grey);

    public static string Render(Shell shell, Verdict verdict, ReportContext context)
    {
        var text = new StringWriter();
        var console = TerminalConsole.Of(shell, text);
        foreach (var part in Parts(verdict, context, shell.Output == OutputMode.Quiet))
            console.Write(part);
        return TerminalConsole.ForLog(shell, text.ToString());
    }

    private static IEnumerable<IRenderable> Parts(Verdict verdict, ReportContext context, bool isQuiet)
    {
        yield return Head(verdict, context);
        if (isQuiet)
            yield break;
        foreach (var note in verdict.Notes.Concat(context.Notes ?? []))
            yield return new Markup($"[yellow]![/] {TerminalConsole.Safe(note, 600)}\n");
        yield return Text.NewLine;
        foreach (var cause in Cause.Of(Unmet(verdict, context.Previous), verdict))
            yield return cause.Words is null ? CriterionRow(cause.Criteria[0], verdict) : CauseRow(cause);
        yield return Checklist(verdict);
        if (verdict.Probes.Any(probe => probe.Samples.Count > 1))
            yield return Latencies(verdict);
        if (verdict.Waivers.Count > 0)
            yield return Waivers(verdict);
        if (context.Preview is { } preview)
            yield return new Markup($"\nWith the changed manifest (it does not count): {TerminalConsole.Safe(Headline.Of(preview))}\n");
        yield return Foot(verdict, context);
    }

    private static Markup Head(Verdict verdict, ReportContext context)
    {
        var needed = verdict.PassScore > 0 ? $" ({StateWords.Percent(verdict.PassScore)} needed)" : "";
        return new Markup(
            $"[bold {TerminalConsole.ColorOf(StateWords.Of(verdict.State))}]"
            + $"{TerminalConsole.Safe(Headline.Of(verdict, context.Previous))}[/]\n"
            + $"[bold]{StateWords.Percent(verdict.Score)}[/] score{needed}, [bold]{StateWords.Percent(verdict.Measured)}[/] measured\n"
            + (verdict.Trend is { } trend ? $"{TerminalConsole.Safe(trend)}\n" : ""));
    }

    /// <summary>What is not met, with everything known about it; blocking ones first.</summary>
    private static IEnumerable<CriterionVerdict> Unmet(Verdict verdict, PreviousRun? previous) => Headline.Blockers(verdict, previous)
        .Concat(verdict.Criteria.Where(criterion => criterion.IsUnmet && !criterion.Required))
        .Concat(verdict.Criteria.Where(criterion => criterion.State == CriterionState.Degraded))
        .Distinct();

    /// <summary>What is broken once, then all that it breaks.</summary>
    private static Rows CauseRow(Cause cause) => new([
        State(cause.Criteria[0], 0).Add(": ").Add(TerminalConsole.Plain(cause.Words!), Bold),
        new Line(Indent).Add(string.Join(", ", cause.Criteria.Select(criterion => TerminalConsole.Plain(criterion.Title, 100)))),
        .. cause.Criteria.Select(criterion => criterion.Help).OfType<string>().Distinct()
            .Select(help => new Line(Indent).Add(TerminalConsole.Plain($"help: {help}"))),
        Text.Empty,
    ]);

    private static Rows CriterionRow(CriterionVerdict criterion, Verdict verdict)
    {
        string?[] lines =
        [
            .. criterion.Explanation.Take(6).Select(part => part.ToString()).DefaultIfEmpty(criterion.Condition),
            criterion.Reason,
            .. criterion.Lines,
            .. verdict.Probes.Where(probe => criterion.Reads.Contains(probe.Name) && !criterion.LinesOf.Contains(probe.Name))
                .SelectMany(probe => probe.Details.Take(5)),
            criterion.Help is { } help ? $"help: {help}" : null,
            criterion.Position.Line > 0 ? criterion.Position.ToString() : null,
        ];
        var told = lines.OfType<string>().Distinct().Select(line => new Line(Indent).Add(TerminalConsole.Plain(line)));
        return new Rows([State(criterion, 0).Add(": ").Add(TerminalConsole.Plain(criterion.Title), Bold), .. told, Text.Empty]);
    }

    private static Rows Checklist(Verdict verdict)
    {
        var lines = verdict.Groups.SelectMany(group =>
            Checklist(group, [.. verdict.Criteria.Where(criterion => criterion.GroupId == group.Id)]));
        return new Rows(lines);
    }

    private static IEnumerable<IRenderable> Checklist(GroupScore group, CriterionVerdict[] criteria)
    {
        yield return new Line().Add(TerminalConsole.Plain(GroupsSection.Title(group)), Bold).Add($" {StateWords.Percent(group.Score)}");
        foreach (var criterion in criteria)
        {
            var why = criterion.State switch
            {
                CriterionState.Passed => string.Join("; ", criterion.Explanation.Take(MostComparisons)),
                CriterionState.Skipped or CriterionState.Waived => criterion.Reason ?? "",
                CriterionState.Failed or CriterionState.Inconclusive or CriterionState.Degraded => "",
            };
            var line = State(criterion, Indent).Add($": {TerminalConsole.Plain(criterion.Title)}");
            yield return why.Length > 0 ? line.Add($" ({TerminalConsole.Plain(why, 160)})", Grey) : line;
        }
    }

    private static Line State(CriterionVerdict criterion, int indent)
    {
        var words = StateWords.Of(criterion.State);
        // What is advisory never blocks, so it is never red.
        var style = Style.Parse(criterion.Required || words.Class != "bad" ? TerminalConsole.ColorOf(words) : "yellow");
        return new Line(indent).Add($"{words.Sign} {words.Word}{(criterion.Required ? "" : " (advisory)")}", style);
    }

    private static Rows Latencies(Verdict verdict) => new(verdict.Probes
        .Where(probe => probe.Samples.Count > 1)
        .Select(probe => $"{probe.Name} {Sparkline.Of(probe.Samples)} " + string.Join(", ", probe.Figures
            .Where(figure => figure.Name != FigureNames.Status)
            .Select(figure => $"{figure.Name} {figure.Text}{StateWords.Change(figure.Change)}")))
        .Select(line => (IRenderable)new Line(Indent).Add(TerminalConsole.Plain(line)))
        .Prepend(new Line().Add("Latency", Bold))
        .Prepend(Text.Empty));

    private static Rows Waivers(Verdict verdict) => new(verdict.Waivers
        .Where(waiver => waiver.State == WaiverState.Used)
        .Select(waiver => (IRenderable)new Markup(
        $"[yellow]waived[/] {TerminalConsole.Safe(waiver.CriterionId)} until {UnitText.Date(waiver.Expires)}: "
        + $"{TerminalConsole.Safe(waiver.Reason)}"))
        .Prepend(Text.Empty));

    private static Markup Foot(Verdict verdict, ReportContext context)
    {
        string?[] parts =
        [
            $"gate {verdict.Gate}",
            context.ManifestPath is { } path
                ? $"manifest {path}{(context.ManifestCommit is { } commit ? $" at {RunIdentity.Short(commit)}" : "")}"
                : null,
            .. context.Extends.Select(file => $"extends {file}"),
            $"took {UnitText.Duration(verdict.Duration)}",
        ];
        return new Markup($"\n[grey]{TerminalConsole.Safe(string.Join(" · ", parts.OfType<string>()))}[/]\n");
    }
}
