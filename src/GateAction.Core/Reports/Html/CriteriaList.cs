using System.Text;

namespace GateAction.Core.Reports.Html;

/// <summary>Every criterion with its evidence, by group; what is not met is open.</summary>
internal static class CriteriaList
{
    public static string Of(Verdict verdict, ReportContext context, bool hasManifest)
    {
        var list = new StringBuilder();
        foreach (var group in verdict.Groups)
        {
            list.Append($"<h3>{HtmlText.Line(GroupsSection.Title(group))} <span class=\"muted\">{StateWords.Percent(group.Score)}</span></h3>\n");
            foreach (var criterion in verdict.Criteria.Where(criterion => criterion.GroupId == group.Id))
                list.Append(Criterion(criterion, verdict, context, hasManifest));
        }
        return list.ToString();
    }

    private static string Criterion(CriterionVerdict criterion, Verdict verdict, ReportContext context, bool hasManifest)
    {
        var words = StateWords.Of(criterion.State);
        var open = criterion.State is CriterionState.Failed or CriterionState.Inconclusive or CriterionState.Degraded ? " open" : "";
        var lines = criterion.Explanation.DefaultIfEmpty(criterion.Condition).Select(line => $"<li>{Explained(line)}</li>");
        var probes = verdict.Probes.Where(probe => criterion.Reads.Contains(probe.Name)).Select(probe => $"<li>{Probe(probe)}</li>");
        var more = new[] { criterion.Reason is { } reason ? $"<li>{HtmlText.Line(reason, 1000)}</li>" : "", Help(criterion.Help), Position(criterion, context, hasManifest) };
        return $"""
            <details{open} id="criterion-{HtmlText.Line(criterion.Id)}"><summary><span class="{HtmlText.Class(criterion.State)}"><span aria-hidden="true">{words.Mark} </span>{words.Word}{(criterion.Required ? "" : " (advisory)")}</span>: {HtmlText.Line(criterion.Title)} <small>{HtmlText.Line(criterion.Id)}, weight {criterion.Weight:0.##}</small></summary>
            <ul>{string.Concat(lines)}{string.Concat(more)}{string.Concat(probes)}</ul></details>

            """;
    }

    private static string Explained(string line)
    {
        if (Comparison.Parse(line) is not { } comparison)
            return HtmlText.Line(line, 1000);
        var limit = comparison.LimitWas is { } was ? $"; {HtmlText.Code(comparison.Limit!)} was <b>{HtmlText.Code(was)}</b>" : "";
        return $"{HtmlText.Code(comparison.Expression)} was <b>{HtmlText.Code(comparison.Was)}</b>{limit}";
    }

    private static string Probe(ProbeSummary probe)
    {
        var figures = string.Join(" · ", probe.Figures.Take(8).Select(figure => $"{HtmlText.Line(figure.Name)} {HtmlText.Line(figure.Text)}{CriterionBlock.Change(figure)}"));
        return $"<a href=\"#probe-{HtmlText.Line(probe.Name)}\">{HtmlText.Line(probe.Name)}</a> ({HtmlText.Line(probe.Kind)}): {(figures.Length > 0 ? figures : HtmlText.Line(probe.Reason ?? "measured"))}";
    }

    private static string Help(string? help) =>
        help is null ? "" : $"<li>Help: {(Markdown.Address(help) is { } url ? HtmlText.Link(NextStep.Shown(url), help) : HtmlText.Line(help, 1000))}</li>";

    private static string Position(CriterionVerdict criterion, ReportContext context, bool hasManifest)
    {
        if (criterion.Position.Line <= 0)
            return "";
        var text = $"line {criterion.Position.Line} of the manifest";
        return hasManifest
            ? $"<li><a href=\"#L{criterion.Position.Line}\">{text}</a></li>"
            : $"<li>{HtmlText.Link(text, Positions.Url(context.ManifestPath ?? criterion.Position.File, criterion.Position.Line, context))}</li>";
    }
}
