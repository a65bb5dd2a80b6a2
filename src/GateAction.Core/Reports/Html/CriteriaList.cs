using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports.Html;

/// <summary>Every criterion with its evidence: first what is not met, open; then the rest by group.</summary>
internal static class CriteriaList
{
    public static IEnumerable<Html> Of(Verdict verdict, ReportContext context, bool hasManifest)
    {
        var probes = verdict.Probes.Index().ToLookup(probe => probe.Item.Name, StringComparer.Ordinal);
        foreach (var (title, note, criteria) in Lists(verdict))
        {
            var isEmpty = true;
            foreach (var criterion in criteria)
            {
                if (isEmpty)
                    yield return $"<h3>{title} <span class=\"muted\">{note}</span></h3>\n<div class=\"rows\">\n";
                isEmpty = false;
                var read = criterion.Reads.Distinct(StringComparer.Ordinal).SelectMany(name => probes[name]).OrderBy(probe => probe.Index);
                yield return Criterion(criterion, read.Select(probe => probe.Item), context, hasManifest);
            }
            if (!isEmpty)
                yield return $"</div>\n";
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

    private static Html Criterion(CriterionVerdict criterion, IEnumerable<ProbeSummary> read, ReportContext context, bool hasManifest)
    {
        Html open = criterion.IsUnmet || criterion.State == CriterionState.Degraded ? $" open" : Html.Empty;
        Html advisory = criterion.Required ? Html.Empty : $" <small>advisory</small>";
        Html condition = criterion.Explanation.Count == 0 ? $"<li>{Html.Code(criterion.Condition)}</li>" : Html.Empty;
        Html reason = criterion.Reason is { } text ? $"<li>{Html.Line(text, 1000)}</li>" : Html.Empty;
        Html lines = criterion.Lines.Count == 0
            ? Html.Empty
            : $"<li><pre tabindex=\"0\" aria-label=\"lines of {criterion.Title}\">{Html.Lines(criterion.Lines)}</pre></li>";
        return $"""
            <details{open} id="criterion-{criterion.Id}"><summary>{Html.Pill(criterion.State)} <span class="title">{criterion.Title}{advisory}</span>{Value(criterion)}</summary>
            <ul>{condition}{Html.Each(criterion.Explanation, part => $"<li>{Explained(part)}</li>")}{reason}{lines}{Help(criterion.Help)}{Html.Each(read, probe => $"<li>{Probe(probe)}</li>")}<li class="muted">{Html.Code(criterion.Id)}, weight {criterion.Weight:0.##}{Position(criterion, context, hasManifest)}</li></ul></details>

            """;
    }

    /// <summary>The value at the end of a row, if one comparison decided.</summary>
    private static Html Value(CriterionVerdict criterion) => criterion switch
    {
        { Explanation: [{ Actual: { } actual }] } => $" <small class=\"value\">was {Html.Code(actual.Text, 40)}</small>",
        { Reason: { } reason, State: not CriterionState.Passed } => $" <small class=\"value\">{Html.Line(reason, 80)}</small>",
        _ => Html.Empty,
    };

    private static Html Explained(Explanation part)
    {
        Html expression = part.Expression.Length == 0 ? Html.Empty : Html.Code(part.Expression);
        Html more = part.More > 0 ? $" (and {part.More} more)" : Html.Empty;
        if (part.Actual is not { } actual)
            return $"{Html.Join(": ", [expression, Html.Line(part.Found, 1000)])}{more}";
        Html limit = part.Limit is { IsMeasured: true } measured
            ? $"; {Html.Code(measured.Expression)} was {Measured(measured)}"
            : Html.Empty;
        return $"{expression} was {Measured(actual)}{limit}{more}";
    }

    private static Html Measured(ComparedValue reading)
    {
        var parts = Html.Join(", ", reading.Parts.Select(Part));
        Html computed = parts.IsEmpty ? Html.Empty : $" ({parts})";
        return $"<b>{Html.Code(reading.Text)}</b>{computed}";

        static Html Part(ComparedValue part) => $"{Html.Code(part.Expression ?? "")} was {Html.Code(part.Text)}";
    }

    private static Html Probe(ProbeSummary probe)
    {
        var figures = Html.Join(" · ", probe.Figures.Take(8).Select(Figure));
        Html found = figures.IsEmpty ? $"{probe.Reason ?? "measured"}" : figures;
        return $"<a href=\"#probe-{probe.Name}\">{probe.Name}</a> ({probe.Kind}): {found}";

        static Html Figure(Figure figure) => $"{figure.Name} {figure.Text}{StateWords.Change(figure.Change)}";
    }

    private static Html Help(string? help)
    {
        if (help is null)
            return Html.Empty;
        var shown = MarkdownText.Address(help) is { } url ? Html.Link(NextStep.Shown(url), help) : Html.Line(help, 1000);
        return $"<li>Help: {shown}</li>";
    }

    private static Html Position(CriterionVerdict criterion, ReportContext context, bool hasManifest)
    {
        var line = criterion.Position.Line;
        if (line <= 0)
            return Html.Empty;
        if (hasManifest)
            return $", <a href=\"#L{line}\">line {line} of the manifest</a>";
        var url = Positions.Url(context.ManifestPath ?? criterion.Position.File, line, context);
        return $", {Html.Link($"line {line} of the manifest", url)}";
    }
}
