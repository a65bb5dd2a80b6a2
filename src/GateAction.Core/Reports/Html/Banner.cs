using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports.Html;

/// <summary>The verdict, its figures, and where it comes from.</summary>
internal static class Banner
{
    public static Html Of(Verdict verdict, ReportContext context)
    {
        var look = StateWords.Of(verdict.State);
        Html trend = verdict.Trend is { } line ? $" · {line}" : Html.Empty;
        Html needed = verdict.PassScore > 0 ? $", {StateWords.Percent(verdict.PassScore)} needed" : Html.Empty;
        return $"""
            <div class="verdict {look.Class}"><p><b>gate/{verdict.Gate}</b>{trend}</p>
            <h1><span class="{look.Class}" aria-hidden="true">{look.Sign} </span>{Headline.Of(verdict, context.Previous)}</h1></div>
            <ul class="figures">
            <li><b>{StateWords.Percent(verdict.Score)}</b> score{needed}</li>
            <li><b>{StateWords.Percent(verdict.Measured)}</b> measured</li>
            {Html.Each(Enum.GetValues<CriterionState>(), state => Tally(verdict, state))}<li><b>{UnitText.Duration(verdict.Duration)}</b> took the run</li>
            </ul>
            {Html.Each(verdict.Notes.Concat(context.Notes ?? []), note => $"<p class=\"note\">{Html.Line(note, 1000)}</p>\n")}
            """;
    }

    public static Html Foot(Verdict verdict, ReportContext context)
    {
        Html at = context.ManifestCommit is { } commit ? $" at {Html.Code(commit)}" : Html.Empty;
        return Html.Join(" · ",
        [
            $"Measured {UnitText.Moment(verdict.StartedAt)} UTC",
            context.CommitSha is { } sha ? $"commit {Html.Code(sha)}" : Html.Empty,
            context.ManifestPath is { } path ? $"manifest {Html.Link(path, Positions.Url(path, 0, context))}{at}" : Html.Empty,
            context.RunUrl is { } run ? Html.Link("run", run) : Html.Empty,
            $"gate {context.Version}",
        ]);
    }

    private static Html Tally(Verdict verdict, CriterionState state)
    {
        var count = verdict.Criteria.Count(criterion => criterion.State == state);
        return count == 0
            ? Html.Empty
            : $"<li><b class=\"{StateWords.Of(state).Class}\">{count:#,0}</b> {StateWords.Of(state).Word}</li>\n";
    }
}

/// <summary>The score as the sum of its groups.</summary>
internal static class ScoreChart
{
    private const double Width = 200;

    public static Html Of(Verdict verdict) =>
        verdict.Groups.Any(group => group.Score is not null && group.Weight > 0 && double.IsFinite(group.Weight))
        ? Table(verdict)
        : $"<p>Nothing counted, so there is no score.</p>\n";

    private static Html Table(Verdict verdict)
    {
        var showsMeasured = verdict.Groups.Any(group => group.Measured < 1);
        Html head = showsMeasured ? $"<th scope=\"col\" class=\"number\">Measured</th>" : Html.Empty;
        var rows = Html.Each(verdict.Groups, group =>
        {
            Html measured = showsMeasured ? $"<td class=\"number\">{StateWords.Percent(group.Measured)}</td>" : Html.Empty;
            return $"<tr><th scope=\"row\">{GroupsSection.Title(group)}</th><td>{Bar(group, verdict)}</td>"
                + $"<td class=\"number\"><b>{StateWords.Percent(group.Score)}</b></td><td "
                + $"class=\"number\">{group.Weight:0.##}</td>{measured}</tr>\n";
        });
        return $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Score by group\"><table class=\"score\"><thead><tr>"
            + $"<th scope=\"col\">Group</th><th scope=\"col\"><span class=\"quiet\">Bar</span></th><th scope=\"col\" "
            + $"class=\"number\">Score</th>"
            + $"<th scope=\"col\" class=\"number\">Weight</th>{head}</tr></thead><tbody>\n{rows}</tbody></table></div>\n";
    }

    private static Html Bar(GroupScore group, Verdict verdict) =>
        $"<svg viewBox=\"0 0 {Width:0} 12\" width=\"{Width:0}\" height=\"12\" aria-hidden=\"true\">"
        + $"<rect class=\"f-track\" width=\"{Width:0}\" height=\"12\" rx=\"3\"/>"
        + $"<rect class=\"{Fill(group.Score ?? 0, verdict)}\" width=\"{Width * (group.Score ?? 0):0.#}\" height=\"12\" rx=\"3\"/></svg>";

    private static string Fill(double score, Verdict verdict) =>
        score >= verdict.PassScore ? "f-good" : score >= verdict.WarnScore ? "f-warn" : "f-bad";
}
