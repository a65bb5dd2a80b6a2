using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>Earlier runs, oldest on the left: score and verdict, latencies, failed and flaky tests, each as a picture that says in words
/// what it shows.</summary>
internal static class HistoryChart
{
    private const int MostRuns = 60;
    private const int MostProbes = 6;
    private const int MostFlaky = 10;

    public static string Of(IReadOnlyList<HistoryEntry> history)
    {
        if (history.Count < 2)
            return "";
        HistoryEntry[] runs = [.. history.TakeLast(MostRuns)];
        var trend = Trend.Of(runs) is { } line ? $"<p><b>{HtmlText.Line(line)}</b></p>\n" : "";
        return $"{trend}<div class=\"two\">\n{Score(runs)}{Latencies(runs)}{Tests("failed", runs, run => run.FailedTests)}"
            + $"{Tests("flaky", runs, run => run.FlakyTests.Count)}</div>\n<p class=\"muted\">Oldest on the left; a change of p95 is "
            + $"against the median of the runs before.</p>\n{Flaky(runs)}{Table(runs)}";
    }

    private static string Score(HistoryEntry[] runs) => runs.All(run => run.Score is null)
        ? ""
        : TrendPicture.Bars(
            [.. runs.Select(run =>
            new TrendPicture.Point(run.Score, Fill(run.State), run.State is { } state ? StateWords.Of(state).Sign : "",
            $"{Moment(run)}, {Word(run.State)}: {StateWords.Percent(run.Score)}"))],
            1,
            $"Score of {StateWords.Count(runs.Length, "run")}, now {StateWords.Percent(runs[^1].Score)}");

    private static string Latencies(HistoryEntry[] runs) => string.Concat(runs[^1].Latencies.Take(MostProbes).Select(entry =>
    {
        var change = StateWords.Change(Trend.Change(entry.Key, runs));
        return TrendPicture.Line(
            [.. runs.Select(run => run.Latencies.TryGetValue(entry.Key, out var latency)
                ? new TrendPicture.Point(latency.TotalSeconds, "f-bar", "", $"{Moment(run)}: {UnitText.Duration(latency)}")
                : new TrendPicture.Point(null, "f-bad", "", $"{Moment(run)}: not measured"))],
            $"p95 of {entry.Key}, now {UnitText.Duration(entry.Value)}{change}");
    }));

    private static string Tests(string what, HistoryEntry[] runs, Func<HistoryEntry, long> count) => runs.All(run => count(run) == 0)
        ? ""
        : TrendPicture.Bars(
            [.. runs.Select(run =>
            new TrendPicture.Point(count(run), what == "failed" ? "f-bad" : "f-warn", "",
            $"{Moment(run)}: {StateWords.Count(count(run), $"{what} test")}"))],
            runs.Max(count),
            $"{StateWords.Count(count(runs[^1]), $"{what} test")} now, at most {runs.Max(count):#,0}");

    private static string Flaky(HistoryEntry[] runs)
    {
        var tests = runs.SelectMany(run => run.FlakyTests).GroupBy(name => name, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ToArray();
        var items = tests.Take(MostFlaky)
            .Select(group =>
            $"<li>{HtmlText.Line(group.Key)} <span class=\"muted\">in {group.Count()} of {runs.Length} runs</span></li>\n");
        var more = tests.Length > MostFlaky ? $"<li class=\"muted\">and {tests.Length - MostFlaky:#,0} more</li>\n" : "";
        return tests.Length == 0 ? "" : $"<h3>Flaky tests</h3>\n<ul>\n{string.Concat(items)}{more}</ul>\n";
    }

    private static string Table(HistoryEntry[] runs)
    {
        var rows = runs.Reverse().Select(run =>
            $"<tr><th scope=\"row\">{Moment(run)}</th><td>{HtmlText.Line(run.Name, 80)}</td><td>{Word(run.State)}</td><td "
            + $"class=\"number\">{StateWords.Percent(run.Score)}</td><td class=\"number\">{run.FailedTests:#,0}</td><td "
            + $"class=\"number\">{run.FlakyTests.Count:#,0}</td></tr>\n");
        return $"<details><summary>{StateWords.Count(runs.Length, "run")} as a table</summary><div class=\"scroll\" tabindex=\"0\" "
            + $"role=\"region\" aria-label=\"Earlier runs\"><table><thead><tr><th scope=\"col\">Measured (UTC)</th><th "
            + $"scope=\"col\">Run</th><th scope=\"col\">Verdict</th><th scope=\"col\" class=\"number\">Score</th><th scope=\"col\" "
            + $"class=\"number\">Failed tests</th><th scope=\"col\" class=\"number\">Flaky "
            + $"tests</th></tr></thead><tbody>\n{string.Concat(rows)}</tbody></table></div></details>\n";
    }

    private static string Moment(HistoryEntry run) => $"{run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}";

    private static string Word(VerdictState? state) => state?.ToString().ToLowerInvariant() ?? "not decided";

    private static string Fill(VerdictState? state) => $"f-{(state is { } known ? StateWords.Of(known).Class : "none")}";
}
