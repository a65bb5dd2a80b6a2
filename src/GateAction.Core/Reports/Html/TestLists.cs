using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>
/// Result sets: their figures, the cases that did not simply pass, suites, and the slowest cases. What is counted but not listed is said.
/// </summary>
internal static class TestLists
{
    private static readonly (string Word, Func<TestCounts, long> Count)[] Columns =
    [
        ("total", counts => counts.Total),
        ("passed", counts => counts.Passed),
        ("failed", counts => counts.Failed),
        ("errors", counts => counts.Errors),
        ("skipped", counts => counts.Skipped),
    ];

    public static IEnumerable<string> Of(Evidence evidence)
    {
        var sets = evidence.Measurements.Where(entry => entry.Value.Content is TestContent)
            .Select(entry => (entry.Key, Tests: (TestContent)entry.Value.Content!));
        return sets.OrderByDescending(set => set.Tests.Counts is { Failed: > 0 } or { Errors: > 0 })
            .SelectMany(set => Of(set.Key, set.Tests));
    }

    private static IEnumerable<string> Of(string name, TestContent tests)
    {
        var cases = TestCases.Of(tests);
        yield return $"<h3>{HtmlText.Line(name)}</h3>\n<p class=\"counts\">{Counts(tests.Counts)}</p>\n<p "
            + $"class=\"muted\">{cases.Scope}</p>\n";
        if (cases.Count > 0)
        {
            var id = $"tests-{HtmlText.Line(name)}";
            yield return $"<script type=\"application/json\" id=\"{id}\">";
            yield return cases.Json;
            yield return "</script>\n";
            yield return
                $"""
                <div data-tests="{id}"><div class="filter" hidden><label>Search in names, messages and files<input type="search" autocomplete="off"></label>
                <label>Outcome<select><option value="">all</option>{string.Concat(cases.Outcomes.Select(outcome => $"<option>{HtmlText.Line(outcome)}</option>"))}</select></label></div>
                <p role="status" class="muted"></p><div class="tests rows"></div><p><button type="button" hidden>Show more</button></p></div>

                """;
        }
        yield return $"<div class=\"rows\">\n{Suites(name, tests)}{Slowest(name, tests)}</div>\n";
    }

    private static string Counts(TestCounts counts) => string.Concat(
        Count("total", counts.Total, ""),
        Count("passed", counts.Passed, "good"),
        Count("failed", counts.Failed, "bad"),
        Count("errors", counts.Errors, "bad"),
        Count("skipped", counts.Skipped, "warn"),
        Count("flaky", counts.Flaky, "warn"));

    /// <summary>Zero is good news, but for what passed.</summary>
    private static string Count(string word, long count, string style) =>
        count == 0 && style is "bad" or "warn" ? $"<span>{word} 0</span>" : $"<span class=\"{style}\">{word} <b>{count:#,0}</b></span>";

    private static string Suites(string name, TestContent tests)
    {
        if (tests.Suites.Count == 0)
            return "";
        var rows = tests.Suites.Select(suite =>
            $"<tr><th scope=\"row\">{HtmlText.Line(suite.Name, 160)}</th>"
            + $"{string.Concat(Columns.Select(column => Cell($"{column.Count(suite.Counts):#,0}")))}"
            + $"{Cell(UnitText.Duration(suite.Counts.Duration))}</tr>\n");
        return Fold(StateWords.Count(tests.Suites.Count, "suite"), $"Suites of {name}",
            ["Suite", .. Columns.Select(column => column.Word), "duration"], rows);
    }

    private static string Slowest(string name, TestContent tests)
    {
        if (tests.Slowest.Count == 0)
            return "";
        var rows = tests.Slowest.Select(test =>
            $"<tr><th scope=\"row\">{HtmlText.Line(test.FullName)}</th>{Cell(test.Outcome.ToWord())}"
            + $"{Cell(test.Duration is { } duration ? UnitText.Duration(duration) : "")}</tr>\n");
        return Fold($"{StateWords.Count(tests.Slowest.Count, "test")} that took longest", $"Slowest tests of {name}",
            ["Test", "outcome", "duration"], rows);
    }

    private static string Fold(string summary, string label, string[] columns, IEnumerable<string> rows)
    {
        var head = string.Concat(columns.Select((column, index) =>
            $"<th scope=\"col\"{(index > 0 ? " class=\"number\"" : "")}>{column}</th>"));
        return $"<details><summary>{summary}</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" "
            + $"aria-label=\"{HtmlText.Line(label)}\"><table><thead><tr>{head}</tr></thead><tbody>\n{string.Concat(rows)}"
            + "</tbody></table></div></details>\n";
    }

    private static string Cell(string text) => $"<td class=\"number\">{HtmlText.Line(text)}</td>";
}
