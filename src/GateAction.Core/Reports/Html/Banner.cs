using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>The verdict, its figures, and where it comes from.</summary>
internal static class Banner
{
    public static string Of(Verdict verdict, ReportContext context)
    {
        var notes = verdict.Notes.Concat(context.Notes ?? []).Select(note => $"<p class=\"note\">{HtmlText.Line(note, 1000)}</p>\n");
        return $"""
            <div class="verdict {StateWords.Of(verdict.State).Class}"><p><b>{HtmlText.Line($"gate/{verdict.Gate}")}</b>{(verdict.Trend is { } trend ? $" · {HtmlText.Line(trend)}" : "")}</p>
            <h1><span class="{StateWords.Of(verdict.State).Class}" aria-hidden="true">{StateWords.Of(verdict.State).Sign} </span>{HtmlText.Line(Headline.Of(verdict, context.Previous))}</h1></div>
            <ul class="figures">
            <li><b>{StateWords.Percent(verdict.Score)}</b> score{(verdict.PassScore > 0 ? $", {StateWords.Percent(verdict.PassScore)} needed" : "")}</li>
            <li><b>{StateWords.Percent(verdict.Measured)}</b> measured</li>
            {string.Concat(Enum.GetValues<CriterionState>().Select(state => Tally(verdict, state)))}<li><b>{UnitText.Duration(verdict.Duration)}</b> took the run</li>
            </ul>
            {string.Concat(notes)}
            """;
    }

    public static string Foot(Verdict verdict, ReportContext context)
    {
        string?[] parts =
        [
            $"Measured {verdict.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
            context.CommitSha is { } sha ? $"commit {HtmlText.Code(sha)}" : null,
            context.ManifestPath is { } path
                ? $"manifest {HtmlText.Link(path, Positions.Url(path, 0, context))}"
                + $"{(context.ManifestCommit is { } commit ? $" at {HtmlText.Code(commit)}" : "")}"
                : null,
            context.RunUrl is { } run ? HtmlText.Link("run", run) : null,
            $"gate {HtmlText.Line(context.Version)}",
        ];
        return string.Join(" · ", parts.OfType<string>());
    }

    private static string Tally(Verdict verdict, CriterionState state)
    {
        var count = verdict.Criteria.Count(criterion => criterion.State == state);
        return count == 0 ? "" : $"<li><b class=\"{StateWords.Of(state).Class}\">{count:#,0}</b> {StateWords.Of(state).Word}</li>\n";
    }
}
