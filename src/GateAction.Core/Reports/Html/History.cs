using System.Text;
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

    /// <param name="needed">The score that the gate needs; 0 for none.</param>
    public static Html Of(IReadOnlyList<HistoryEntry> history, double needed)
    {
        if (history.Count < 2)
            return Html.Empty;
        HistoryEntry[] runs = [.. history.TakeLast(MostRuns)];
        Html trend = Trend.Of(runs) is { } line ? $"<p><b>{line}</b></p>\n" : Html.Empty;
        return $"{trend}<div class=\"two\">\n{Score(runs, needed)}{Latencies(runs)}"
            + $"{Tests("failed", "f-bad", runs, run => run.FailedTests)}{Tests("flaky", "f-warn", runs, run => run.FlakyTests.Count)}"
            + $"</div>\n<p class=\"muted\">Oldest on the left; a change of p95 is against the median of the runs before.</p>\n"
            + $"{Flaky(runs)}{Table(runs)}";
    }

    private static Html Score(HistoryEntry[] runs, double needed) => runs.All(run => run.Score is null)
        ? Html.Empty
        : TrendPicture.Bars([.. runs.Select(Score)], 1,
        $"Score of {StateWords.Count(runs.Length, "run")}, now {StateWords.Percent(runs[^1].Score)}", "100%", needed);

    private static TrendPicture.Point Score(HistoryEntry run) => new(
        run.Score,
        $"f-{(run.State is { } known ? StateWords.Of(known).Class : "none")}",
        run.State is { } state ? StateWords.Of(state).Sign : "",
        $"{Moment(run)}, {Word(run.State)}: {StateWords.Percent(run.Score)}");

    private static Html Latencies(HistoryEntry[] runs) => Html.Each(runs[^1].Latencies.Take(MostProbes), entry => TrendPicture.Line(
        [.. runs.Select(run => run.Latencies.TryGetValue(entry.Key, out var latency)
            ? new TrendPicture.Point(latency.TotalSeconds, "f-bar", "", $"{Moment(run)}: {UnitText.Duration(latency)}")
            : new TrendPicture.Point(null, "f-bad", "", $"{Moment(run)}: not measured"))],
        $"p95 of {entry.Key}, now {UnitText.Duration(entry.Value)}{StateWords.Change(Trend.Change(entry.Key, runs))}"));

    private static Html Tests(string what, string fill, HistoryEntry[] runs, Func<HistoryEntry, long> count) =>
        runs.All(run => count(run) == 0)
        ? Html.Empty
        : TrendPicture.Bars(
            [.. runs.Select(run => new TrendPicture.Point(
                count(run), fill, "", $"{Moment(run)}: {StateWords.Count(count(run), $"{what} test")}"))],
            runs.Max(count),
            $"{StateWords.Count(count(runs[^1]), $"{what} test")} now, at most {runs.Max(count):#,0}", $"{runs.Max(count):#,0}");

    private static Html Flaky(HistoryEntry[] runs)
    {
        var tests = runs.SelectMany(run => run.FlakyTests).GroupBy(name => name, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ToArray();
        var items = Html.Each(tests.Take(MostFlaky), group =>
            $"<li>{group.Key} <span class=\"muted\">in {group.Count()} of {runs.Length} runs</span></li>\n");
        Html more = tests.Length > MostFlaky ? $"<li class=\"muted\">and {tests.Length - MostFlaky:#,0} more</li>\n" : Html.Empty;
        return tests.Length == 0 ? Html.Empty : $"<h3>Flaky tests</h3>\n<ul>\n{items}{more}</ul>\n";
    }

    private static Html Table(HistoryEntry[] runs)
    {
        var rows = Html.Each(runs.Reverse(), run =>
            $"<tr><th scope=\"row\">{Moment(run)}</th><td>{Html.Line(run.Name, 80)}</td><td>{Word(run.State)}</td>"
            + $"<td class=\"number\">{StateWords.Percent(run.Score)}</td><td class=\"number\">{run.FailedTests:#,0}</td>"
            + $"<td class=\"number\">{run.FlakyTests.Count:#,0}</td></tr>\n");
        var table = Html.Table("Earlier runs",
            ["Measured (UTC)", "Run", "Verdict", Column.OfNumbers("Score"), Column.OfNumbers("Failed tests"),
            Column.OfNumbers("Flaky tests")], rows);
        return $"<details><summary>{StateWords.Count(runs.Length, "run")} as a table</summary>{table}</details>\n";
    }

    private static string Moment(HistoryEntry run) => UnitText.Moment(run.StartedAt);

    private static string Word(VerdictState? state) => state is { } known ? StateWords.Of(known).Name : "not decided";
}

/// <summary>One figure of several runs as a small picture, oldest on the left.</summary>
internal static class TrendPicture
{
    private const double Width = 480;
    private const double Height = 88;
    private const double MarkHeight = 18;
    private const double WidestStep = 36;

    /// <param name="Value">Null if the run has none.</param>
    /// <param name="Fill">The class of its colour.</param>
    /// <param name="Mark">Says below the bar what its colour says.</param>
    /// <param name="Words">For whoever points at it.</param>
    public sealed record Point(double? Value, string Fill, string Mark, string Words);

    /// <param name="most">What the upper end stands for.</param>
    /// <param name="needed">Where a line is drawn; 0 for none.</param>
    public static Html Bars(IReadOnlyList<Point> points, double top, string words, string most, double needed = 0)
    {
        var step = StepOf(points);
        var hasMarks = points.Any(point => point.Mark.Length > 0);
        var bars = Html.Each(points.Index(), entry =>
        {
            var (index, point) = entry;
            var height = Height * (point.Value ?? 0) / Math.Max(top, double.Epsilon);
            var x = index * step;
            Html mark = hasMarks && step >= 12
                ? $"<text class=\"mark\" x=\"{x + ((step - 3) / 2):0.#}\" y=\"{Height + 14:0}\">{point.Mark}</text>"
                : Html.Empty;
            return $"<g><title>{point.Words}</title><rect class=\"{point.Fill}\" x=\"{x:0.#}\" y=\"{Height - height:0.#}\" "
                + $"width=\"{Math.Max(1, step - 3):0.#}\" height=\"{height:0.#}\" rx=\"2\"/>{mark}</g>";
        });
        Html line = needed > 0
            ? $"<path class=\"limit\" d=\"M0 {Height * (1 - (needed / top)):0.#}H{Width:0}\"/>"
            : Html.Empty;
        return Figure($"{bars}{line}", Height + (hasMarks ? MarkHeight : 2), words, most);
    }

    /// <summary>From zero to the largest; a gap where a run has no value.</summary>
    public static Html Line(IReadOnlyList<Point> points, string words)
    {
        var step = StepOf(points);
        var top = Math.Max(points.Max(point => point.Value) ?? 0, double.Epsilon);
        var path = new StringBuilder();
        Html dots = $"";
        var isDrawing = false;
        foreach (var (index, point) in points.Index())
        {
            var x = (index * step) + 5;
            var y = Height - ((Height - 8) * (point.Value ?? 0) / top);
            if (point.Value is not null)
                path.Append($"{(isDrawing ? 'L' : 'M')}{x:0.#} {y:0.#}");
            isDrawing = point.Value is not null;
            dots.AppendFormatted($"<g><title>{point.Words}</title><circle class=\"{point.Fill}\" cx=\"{x:0.#}\" "
                + $"cy=\"{(point.Value is null ? Height - 3 : y):0.#}\" r=\"3.5\"/></g>");
        }
        return Figure($"<path class=\"line\" d=\"{Html.Trusted(path.ToString())}\"/>{dots}", Height + 2, words, LatencyScale.Text(top));
    }

    private static double StepOf(IReadOnlyList<Point> points) => Math.Min(WidestStep, Width / points.Count);

    private static Html Figure(Html content, double height, string words, string most) =>
        $"<figure><figcaption>{words}</figcaption><svg viewBox=\"0 0 {Width:0} {height:0}\" role=\"img\" aria-label=\"{words}\">"
        + $"<rect class=\"f-track\" x=\"0\" y=\"{Height:0}\" width=\"{Width:0}\" height=\"1\"/>{content}"
        + $"<text class=\"percentile end\" x=\"{Width:0}\" y=\"10\">{most}</text><text class=\"percentile end\" x=\"{Width:0}\" "
        + $"y=\"{Height - 3:0}\">0</text></svg></figure>\n";
}
