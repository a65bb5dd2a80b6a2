using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports.Html;

/// <summary>The verdict, what it is about, and its figures.</summary>
internal static class Banner
{
    public static Html Of(Verdict verdict, ReportContext context)
    {
        var look = StateWords.Of(verdict.State);
        Html trend = verdict.Trend is { } line ? $"<p class=\"trend\">{line}</p>" : Html.Empty;
        Html needed = verdict.PassScore > 0 ? $", {StateWords.Percent(verdict.PassScore)} needed" : Html.Empty;
        return $"""
            <div class="verdict {look.Class}"><p><b>gate/{verdict.Gate}</b></p>
            <h1><span class="{look.Class}" aria-hidden="true">{look.Sign} </span>{Headline.Of(verdict, context.Previous)}</h1>
            <ul class="meta">{About(verdict, context)}</ul>{trend}</div>
            <ul class="figures">
            <li><b>{StateWords.Percent(verdict.Score)}</b> score{needed}</li>
            <li><b>{StateWords.Percent(verdict.Measured)}</b> measured</li>
            {Html.Each(Enum.GetValues<CriterionState>(), state => Tally(verdict, state))}</ul>
            {Html.Each(verdict.Notes.Concat(context.Notes ?? []), note => $"<p class=\"note\">{Html.Line(note, 1000)}</p>\n")}
            """;
    }

    public static Html Foot(ReportContext context)
    {
        Html at = context.ManifestCommit is { } commit ? $" at {Html.Code(commit)}" : Html.Empty;
        return Html.Join(" · ",
        [
            context.CommitSha is { } sha ? $"commit {Html.Code(sha)}" : Html.Empty,
            context.ManifestPath is { } path ? $"manifest {Html.Link(path, Positions.Url(path, 0, context))}{at}" : Html.Empty,
            .. context.Extends.Select(file => Extended(file, context)),
            $"gate {context.Version}",
        ]);
    }

    private static Html Extended(ExtendedFile file, ReportContext context)
    {
        Html at = file.Commit is { } commit ? $" at {Html.Code(commit)}" : Html.Empty;
        return $"extends {Html.Link(file.File, Positions.Url(file, 0, context))}{at}";
    }

    /// <summary>Which change, on which commit, when, and where to read more.</summary>
    private static Html About(Verdict verdict, ReportContext context)
    {
        var repository = context.RepositoryUrl;
        var (change, commit) = (context.Change, context.CommitSha);
        return Html.Each(
            new Html[]
            {
                change?.PullRequest is { } number ? Html.Link($"pull request #{number}", Below(repository, $"pull/{number}")) : Html.Empty,
                Branches(change),
                commit is null
                    ? Html.Empty
                    : $"commit {Html.Link(RunIdentity.Short(commit), Below(repository, $"commit/{commit}"))}",
                $"measured {UnitText.Moment(verdict.StartedAt)} UTC in {UnitText.Duration(verdict.Duration)}",
                context.RunUrl is { } run ? Html.Link("the run", run) : Html.Empty,
            }.Where(part => !part.IsEmpty), part => $"<li>{part}</li>");
    }

    private static Html Branches(ReportedChange? change) => change switch
    {
        { Branch: { } branch, Base: { } goal } => $"{Html.Code(branch, 80)} <span aria-label=\"into\">→</span> {Html.Code(goal, 80)}",
        { Branch: { } branch } => $"branch {Html.Code(branch, 80)}",
        { Base: { } goal } => $"into {Html.Code(goal, 80)}",
        _ => Html.Empty,
    };

    private static string? Below(string? repository, string path) => repository is null ? null : $"{repository}/{path}";

    private static Html Tally(Verdict verdict, CriterionState state)
    {
        var count = verdict.Criteria.Count(criterion => criterion.State == state);
        var look = StateWords.Of(state);
        return count == 0
            ? Html.Empty
            : $"<li><a href=\"#criteria\" data-only=\"{look.Name}\"><b class=\"{look.Class}\">{count:#,0}</b> {look.Word}</a></li>\n";
    }
}

/// <summary>The score as the sum of its groups: each bar in the colour of what became of its criteria, with a mark at what is
/// needed.</summary>
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
            return $"<tr><th scope=\"row\"><a "
                + $"href=\"#group-{group.Id}\">{GroupsSection.Title(group)}</a></th><td>{Bar(group, verdict)}</td>"
                + $"<td class=\"number\"><b>{StateWords.Percent(group.Score)}</b></td><td "
                + $"class=\"number\">{group.Weight:0.##}</td>{measured}</tr>\n";
        });
        Html needed = verdict.PassScore > 0
            ? $"<p class=\"muted\">The line is at the {StateWords.Percent(verdict.PassScore)} that the whole gate needs.</p>\n"
            : Html.Empty;
        return $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Score by group\"><table class=\"score\"><thead><tr>"
            + $"<th scope=\"col\">Group</th><th scope=\"col\"><span class=\"quiet\">Bar</span></th><th scope=\"col\" "
            + $"class=\"number\">Score</th>"
            + $"<th scope=\"col\" class=\"number\">Weight</th>{head}</tr></thead><tbody>\n{rows}</tbody></table></div>\n{needed}";
    }

    private static Html Bar(GroupScore group, Verdict verdict)
    {
        // The mark is two wide: at 100% it has to begin before the end.
        var at = Width * verdict.PassScore;
        Html needed = verdict.PassScore > 0
            ? $"<rect class=\"f-mark\" x=\"{Math.Min(at, Width - 2):0.#}\" width=\"2\" height=\"12\"/>"
            : Html.Empty;
        var fill = StateWords.Of(GroupsSection.WorstOf(group, verdict)).Class;
        return $"<svg viewBox=\"0 0 {Width:0} 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
            + $"<rect class=\"f-track\" width=\"{Width:0}\" height=\"12\" rx=\"3\"/>"
            + $"<rect class=\"f-{fill}\" width=\"{Width * (group.Score ?? 0):0.#}\" height=\"12\" rx=\"3\"/>{needed}</svg>";
    }
}
