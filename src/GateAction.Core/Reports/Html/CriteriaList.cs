using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports.Html;

/// <summary>What is not met, first and with its evidence; one cause once.</summary>
internal static class UnmetList
{
    public static IEnumerable<Html> Blocking(Verdict verdict, ReportContext context, CriterionRow row) =>
        Cause.Of(Headline.Blockers(verdict, context.Previous), verdict).Select(cause => Of(cause, row));

    public static IEnumerable<Html> Warning(Verdict verdict, CriterionRow row)
    {
        (string Title, IEnumerable<CriterionVerdict> Criteria)[] lists =
        [
            ("Advisory and not met", verdict.Criteria.Where(criterion => criterion.IsUnmet && !criterion.Required)),
            ("Degraded", verdict.Criteria.Where(criterion => criterion.State == CriterionState.Degraded)),
        ];
        foreach (var (title, criteria) in lists)
        {
            var causes = Cause.Of(criteria, verdict);
            if (causes.Count == 0)
                continue;
            yield return $"<h3>{title}</h3>\n";
            foreach (var cause in causes)
                yield return Of(cause, row);
        }
    }

    private static Html Of(Cause cause, CriterionRow row)
    {
        if (cause.Words is null)
            return $"<div class=\"rows\">\n{Html.Each(cause.Criteria, criterion => row.Of(criterion, isOpen: true))}</div>\n";
        var sources = Html.Join(", ", cause.Sources.Select(name => (Html)$"<a href=\"#probe-{name}\">{name}</a>"));
        Html of = sources.IsEmpty ? Html.Empty : $"<p>{sources}</p>";
        return $"<div class=\"cause {StateWords.Of(cause.Criteria[0].State).Class}\"><h3>{Html.Line(cause.Words, 600)}</h3>{of}<div "
            + $"class=\"rows\">\n{Html.Each(cause.Criteria, criterion => row.Of(criterion, false, isOneOfMany: true))}</div></div>\n";
    }
}

/// <summary>Every group with all its criteria; one that is told above already leads there.</summary>
internal static class CriteriaList
{
    /// <summary>With fewer there is nothing to search.</summary>
    private const int Searched = 12;

    public static IEnumerable<Html> Of(Verdict verdict, CriterionRow row)
    {
        if (verdict.Criteria.Count == 0)
            yield break;
        yield return Filter(verdict);
        foreach (var group in verdict.Groups)
        {
            yield return $"<div class=\"group\"><h3 id=\"group-{group.Id}\">{GroupsSection.Title(group)} "
                + $"<span class=\"muted\">{StateWords.Percent(group.Score)}</span></h3>\n<div class=\"rows\">\n";
            foreach (var criterion in verdict.Criteria.Where(criterion => criterion.GroupId == group.Id))
                yield return IsTold(criterion) ? CriterionRow.LinkTo(criterion) : row.Of(criterion, isOpen: false);
            yield return $"</div></div>\n";
        }
    }

    private static bool IsTold(CriterionVerdict criterion) => criterion.IsUnmet || criterion.State == CriterionState.Degraded;

    private static Html Filter(Verdict verdict)
    {
        var states = Html.Each(
            verdict.Criteria.GroupBy(criterion => criterion.State).OrderByDescending(group => StateWords.Of(group.Key).Rank),
            group => Button(StateWords.Of(group.Key).Name, StateWords.Of(group.Key).Word, group.Count()));
        Html search = verdict.Criteria.Count >= Searched
            ? $"<label>Search<input type=\"search\" autocomplete=\"off\"></label>"
            : Html.Empty;
        return $"<div class=\"filter\" id=\"states\" role=\"group\" aria-label=\"Show only\" hidden><span "
            + $"class=\"buttons\">{Button("", "all", verdict.Criteria.Count)}{states}</span>{search}</div>\n"
            + $"<p role=\"status\" class=\"muted\" id=\"states-status\"></p>\n";
    }

    private static Html Button(string state, string word, int count) =>
        $"<button type=\"button\" data-only=\"{state}\" aria-pressed=\"{(state.Length == 0 ? "true" : "false")}\">{word} "
        + $"{count:#,0}</button>";
}
