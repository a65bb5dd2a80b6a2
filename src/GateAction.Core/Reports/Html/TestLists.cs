using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>
/// Result sets: a table of their figures, then of each the cases that did not simply pass, its suites and its slowest cases. What is
/// counted but not listed is said.
/// </summary>
internal static class TestLists
{
    private static readonly (TestFigure Figure, string Style)[] Columns =
    [
        (TestFigure.Total, ""),
        (TestFigure.Passed, "good"),
        (TestFigure.Failed, "bad"),
        (TestFigure.Errors, "bad"),
        (TestFigure.Skipped, "warn"),
        (TestFigure.Flaky, "warn"),
    ];

    public static IEnumerable<Html> Of(Evidence evidence)
    {
        (string Name, TestContent Tests)[] sets =
        [
            .. evidence.Measurements.Where(entry => entry.Value.Content is TestContent)
                .Select(entry => (entry.Key, (TestContent)entry.Value.Content!))
                .OrderByDescending(set => set.Item2.Counts is { Failed: > 0 } or { Errors: > 0 }),
        ];
        if (sets.Length == 0)
            yield break;
        yield return Summary(sets);
        var listed = sets.Select(set => (set.Name, Cases: TestCases.Of(set.Tests))).Where(set => set.Cases.Count > 0).ToArray();
        if (listed.Length > 0)
            yield return Filter(listed.SelectMany(set => set.Cases.Outcomes).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal));
        foreach (var (name, cases) in listed)
        {
            yield return $"<h3>{name}</h3>\n<p class=\"muted\">{cases.Scope}</p>\n<script type=\"application/json\" id=\"cases-{name}\">";
            yield return cases.Json;
            yield return $"</script>\n<div data-tests=\"cases-{name}\"><p role=\"status\" class=\"muted\"></p><div class=\"tests "
                + $"rows\"></div>"
                + $"<p><button type=\"button\" hidden>Show more</button></p></div>\n";
        }
        yield return $"<div class=\"rows\">\n{Html.Each(sets, set => Suites(set.Name, set.Tests))}"
            + $"{Html.Each(sets, set => Slowest(set.Name, set.Tests))}</div>\n";
    }

    private static Html Summary((string Name, TestContent Tests)[] sets)
    {
        var rows = Html.Each(sets, set => $"<tr id=\"tests-{set.Name}\"><th scope=\"row\">{set.Name}</th><td>{Bar(set.Tests.Counts)}</td>"
            + $"{Html.Each(Columns, column => Figure(column.Figure.In(set.Tests.Counts), column.Style))}"
            + $"{Cell(UnitText.Duration(set.Tests.Counts.Duration))}</tr>\n");
        return Html.Table("Test results",
            ["Set", "What became of them", .. Columns.Select(column => Column.OfNumbers(column.Figure.Name)), Column.OfNumbers("duration")],
            rows);
    }

    private static Html Filter(IEnumerable<string> outcomes) =>
        $"""
        <div class="filter" id="find-tests" hidden><label>Search in names, messages and files<input type="search" autocomplete="off"></label>
        <label>Outcome<select><option value="">all</option>{Html.Each(outcomes, outcome => $"<option>{outcome}</option>")}</select></label></div>

        """;

    /// <summary>Passed, failed and skipped as parts of one bar, each at least to be seen.</summary>
    private static Html Bar(TestCounts counts)
    {
        var bad = counts.Failed + counts.Errors;
        double all = Math.Max(1, counts.Passed + bad + counts.Skipped);
        var parts = new (string Style, double Share)[]
        {
            // One failure among ten thousand tests would be thinner than a pixel.
            ("bad", bad == 0 ? 0 : Math.Max(0.03, bad / all)), ("none", counts.Skipped == 0 ? 0 : Math.Max(0.03, counts.Skipped / all)),
        };
        var at = 0.0;
        Html bars = $"<rect class=\"{(counts.Passed > 0 ? "f-good" : "f-track")}\" width=\"100%\" height=\"12\"/>";
        foreach (var (style, share) in parts.Where(part => part.Share > 0))
        {
            bars.AppendFormatted(
                (Html)$"<rect class=\"f-{style}\" x=\"{100 * at:0.#}%\" width=\"{100 * Math.Min(share, 1 - at):0.#}%\" height=\"12\"/>");
            at = Math.Min(1, at + share);
        }
        return $"<svg aria-hidden=\"true\">{bars}</svg>";
    }

    /// <summary>Zero is no news, but for what passed.</summary>
    private static Html Figure(long count, string style) => count == 0 && style != "good"
        ? (Html)$"<td class=\"number\">0</td>"
        : $"<td class=\"number {style}\">{count:#,0}</td>";

    private static Html Suites(string name, TestContent tests)
    {
        if (tests.Suites.Count == 0)
            return Html.Empty;
        var rows = Html.Each(tests.Suites, suite =>
            $"<tr><th scope=\"row\">{Html.Line(suite.Name, 160)}</th>"
            + $"{Html.Each(Columns, column => Figure(column.Figure.In(suite.Counts), column.Style))}"
            + $"{Cell(UnitText.Duration(suite.Counts.Duration))}</tr>\n");
        return Fold($"{StateWords.Count(tests.Suites.Count, "suite")} of {name}", $"Suites of {name}",
            ["Suite", .. Columns.Select(column => Column.OfNumbers(column.Figure.Name)), Column.OfNumbers("duration")], rows);
    }

    private static Html Slowest(string name, TestContent tests)
    {
        if (tests.Slowest.Count == 0)
            return Html.Empty;
        var slowest = tests.Slowest.Max(test => test.Duration ?? TimeSpan.Zero);
        var rows = Html.Each(tests.Slowest, test =>
            $"<tr><th scope=\"row\">{test.FullName}</th><td><svg aria-hidden=\"true\"><rect class=\"f-bar\" height=\"12\" "
            + $"width=\"{100 * (slowest > TimeSpan.Zero ? (test.Duration ?? TimeSpan.Zero) / slowest : 0):0.#}%\"/></svg></td>"
            + $"{Cell(test.Duration is { } duration ? UnitText.Duration(duration) : "")}{Cell(test.Outcome.Word())}</tr>\n");
        return Fold($"{StateWords.Count(tests.Slowest.Count, "test")} of {name} that took longest", $"Slowest tests of {name}",
            ["Test", "Time", Column.OfNumbers("duration"), Column.OfNumbers("outcome")], rows);
    }

    private static Html Fold(string summary, string label, IEnumerable<Column> columns, Html rows) =>
        $"<details><summary>{summary}</summary>{Html.Table(label, columns, rows)}</details>\n";

    private static Html Cell(string text) => $"<td class=\"number\">{text}</td>";
}
