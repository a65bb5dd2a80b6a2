using System.Text;

namespace GateAction.Core.Reports.Html;

/// <summary>Score and verdict of earlier runs, oldest on the left.</summary>
internal static class HistoryChart
{
    private const double Height = 100;
    private const double Bar = 16;
    private const int MostRuns = 60;

    public static string Of(IReadOnlyList<HistoryEntry> history)
    {
        if (history.Count == 0)
            return "";
        var runs = history.TakeLast(MostRuns).ToArray();
        var bars = new StringBuilder();
        foreach (var (index, run) in runs.Index())
        {
            var height = Math.Max(2, Height * (run.Score ?? 0));
            bars.Append($"<g><title>{HtmlText.Line(run.Name)}, {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}: {StateWords.Percent(run.Score)}</title><rect class=\"{Fill(run.State)}\" x=\"{index * Bar:0}\" y=\"{Height - height:0.#}\" width=\"{Bar - 2:0}\" height=\"{height:0.#}\"/></g>");
        }
        var rows = runs.Reverse().Select(run => $"<tr><th scope=\"row\">{run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}</th><td>{HtmlText.Line(run.Name, 80)}</td><td>{run.State?.ToString().ToLowerInvariant() ?? "not decided"}</td><td class=\"number\">{StateWords.Percent(run.Score)}</td><td class=\"number\">{run.FailedTests:#,0}</td><td class=\"number\">{run.FlakyTests.Count:#,0}</td></tr>\n");
        return $"<figure><svg viewBox=\"0 0 {Math.Max(320, runs.Length * Bar):0} {Height:0}\" role=\"img\" aria-label=\"Score of {runs.Length} runs\">{bars}</svg><figcaption>Score of {StateWords.Count(runs.Length, "run")}, oldest on the left.</figcaption></figure>\n"
            + $"<details><summary>As a table</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Earlier runs\"><table><thead><tr><th scope=\"col\">Measured</th><th scope=\"col\">Run</th><th scope=\"col\">Verdict</th><th scope=\"col\" class=\"number\">Score</th><th scope=\"col\" class=\"number\">Failed tests</th><th scope=\"col\" class=\"number\">Flaky tests</th></tr></thead><tbody>\n{string.Concat(rows)}</tbody></table></div></details>\n";
    }

    private static string Fill(VerdictState? state) => state switch
    {
        VerdictState.Passed => "f-good",
        VerdictState.Warned => "f-warn",
        null => "f-none",
        _ => "f-bad",
    };
}
