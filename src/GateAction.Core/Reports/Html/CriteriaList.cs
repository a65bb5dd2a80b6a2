using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports.Html;

/// <summary>Every criterion with its evidence: first what is not met, open; then the rest by group.</summary>
internal static class CriteriaList
{
    public static IEnumerable<string> Of(Verdict verdict, ReportContext context, bool hasManifest)
    {
        var probes = verdict.Probes.Index().ToLookup(probe => probe.Item.Name, StringComparer.Ordinal);
        foreach (var (title, note, criteria) in Lists(verdict))
        {
            var isEmpty = true;
            foreach (var criterion in criteria)
            {
                if (isEmpty)
                    yield return $"<h3>{HtmlText.Line(title)} <span class=\"muted\">{note}</span></h3>\n<div class=\"rows\">\n";
                isEmpty = false;
                var read = criterion.Reads.Distinct(StringComparer.Ordinal).SelectMany(name => probes[name]).OrderBy(probe => probe.Index);
                yield return Criterion(criterion, read.Select(probe => probe.Item), context, hasManifest);
            }
            if (!isEmpty)
                yield return "</div>\n";
        }
    }

    private static IEnumerable<(string Title, string Note, IEnumerable<CriterionVerdict> Criteria)> Lists(Verdict verdict) =>
    [
        ("Blocking", "", verdict.Criteria.Where(criterion => criterion.IsUnmet && criterion.Required)),
        ("Advisory and not met", "", verdict.Criteria.Where(criterion => criterion.IsUnmet && !criterion.Required)),
        ("Degraded", "", verdict.Criteria.Where(criterion => criterion.State == CriterionState.Degraded)),
        .. verdict.Groups.Select(group => (
            GroupsSection.Title(group),
            StateWords.Percent(group.Score),
            verdict.Criteria.Where(criterion => criterion.GroupId == group.Id && !criterion.IsUnmet
            && criterion.State != CriterionState.Degraded))),
    ];

    /// <summary>The value at the end of a row, where one comparison decided.</summary>
    private static string Value(CriterionVerdict criterion) => criterion.Explanation is [{ Actual: { } actual }]
        ? $" <small class=\"value\">was {HtmlText.Code(actual.Text, 40)}</small>"
        : criterion.Reason is { } reason && criterion.State is not CriterionState.Passed
        ? $" <small class=\"value\">{HtmlText.Line(reason, 80)}</small>"
        : "";

    private static string Criterion(CriterionVerdict criterion, IEnumerable<ProbeSummary> read, ReportContext context, bool hasManifest)
    {
        var open = criterion.IsUnmet || criterion.State == CriterionState.Degraded ? " open" : "";
        var lines = criterion.Explanation.Select(Explained).DefaultIfEmpty(HtmlText.Code(criterion.Condition))
            .Select(line => $"<li>{line}</li>");
        var probes = read.Select(probe => $"<li>{Probe(probe)}</li>");
        var more = new[] { criterion.Reason is { } reason ? $"<li>{HtmlText.Line(reason, 1000)}</li>" : "", Help(criterion.Help) };
        return $"""
            <details{open} id="criterion-{HtmlText.Line(criterion.Id)}"><summary>{HtmlText.Pill(criterion.State)} <span class="title">{HtmlText.Line(criterion.Title)}{(criterion.Required ? "" : " <small>advisory</small>")}</span>{Value(criterion)}</summary>
            <ul>{string.Concat(lines)}{string.Concat(more)}{string.Concat(probes)}<li class="muted">{HtmlText.Code(criterion.Id)}, weight {criterion.Weight:0.##}{Position(criterion, context, hasManifest)}</li></ul></details>

            """;
    }

    private static string Explained(Explanation part)
    {
        var expression = part.Expression.Length == 0 ? "" : HtmlText.Code(part.Expression);
        var more = part.More > 0 ? $" (and {part.More} more)" : "";
        if (part.Actual is not { } actual)
            return $"{expression}{(expression.Length > 0 ? ": " : "")}{HtmlText.Line(part.Found, 1000)}{more}";
        var limit = part.Limit is { IsMeasured: true } measured ? $"; {HtmlText.Code(measured.Expression)} was {Measured(measured)}" : "";
        return $"{expression} was {Measured(actual)}{limit}{more}";
    }

    private static string Measured(ComparedValue reading)
    {
        var parts = reading.Parts.Select(part => $"{HtmlText.Code(part.Expression ?? "")} was {HtmlText.Code(part.Text)}").ToArray();
        return $"<b>{HtmlText.Code(reading.Text)}</b>{(parts.Length > 0 ? $" ({string.Join(", ", parts)})" : "")}";
    }

    private static string Probe(ProbeSummary probe)
    {
        var figures = string.Join(" · ",
            probe.Figures.Take(8)
            .Select(figure => $"{HtmlText.Line(figure.Name)} {HtmlText.Line(figure.Text)}{StateWords.Change(figure.Change)}"));
        return $"<a href=\"#probe-{HtmlText.Line(probe.Name)}\">{HtmlText.Line(probe.Name)}</a> ({HtmlText.Line(probe.Kind)}): "
            + $"{(figures.Length > 0 ? figures : HtmlText.Line(probe.Reason ?? "measured"))}";
    }

    private static string Help(string? help) =>
        help is null
        ? ""
        : $"<li>Help: {(MarkdownText.Address(help) is { } url ? HtmlText.Link(NextStep.Shown(url), help) : HtmlText.Line(help, 1000))}"
        + "</li>";

    private static string Position(CriterionVerdict criterion, ReportContext context, bool hasManifest)
    {
        if (criterion.Position.Line <= 0)
            return "";
        var text = $"line {criterion.Position.Line} of the manifest";
        return hasManifest
            ? $", <a href=\"#L{criterion.Position.Line}\">{text}</a>"
            : $", {HtmlText.Link(text, Positions.Url(context.ManifestPath ?? criterion.Position.File, criterion.Position.Line, context))}";
    }
}
