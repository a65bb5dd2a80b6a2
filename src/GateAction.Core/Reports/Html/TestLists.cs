using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>Result sets: their figures, the cases that did not simply pass, suites, and the slowest cases. What is counted but not listed
/// is said.</summary>
internal static class TestLists
{
    private static readonly (string Fact, string Class)[] Counts =
        [("total", ""), ("passed", "good"), ("failed", "bad"), ("errors", "bad"), ("skipped", "warn"), ("flaky", "warn")];
    private static readonly string[] SuiteColumns = ["total", "passed", "failed", "errors", "skipped", "duration"];

    public static IEnumerable<string> Of(Evidence evidence)
    {
        var sets = evidence.Measurements.Where(entry => entry.Value.Kind == "results" && entry.Value.Facts.Kind == ValueKind.Map)
            .Select(entry => (entry.Key, Facts: entry.Value.Facts.AsMap));
        return sets.OrderByDescending(set => Failing(set.Facts) > 0).SelectMany(set => Of(set.Key, set.Facts));
    }

    private static IEnumerable<string> Of(string name, ValueMap facts)
    {
        var cases = TestCases.Of(facts);
        yield return $"<h3>{HtmlText.Line(name)}</h3>\n<p "
            + $"class=\"counts\">{string.Concat(Counts.Select(count => Count(facts, count.Fact, count.Class)))}</p>\n<p "
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
        yield return $"<div class=\"rows\">\n{Suites(name, facts)}{Slowest(name, facts)}</div>\n";
    }

    private static long Failing(ValueMap facts) => (TestCases.Number(facts, "failed") ?? 0) + (TestCases.Number(facts, "errors") ?? 0);

    private static string Count(ValueMap facts, string fact, string style) => TestCases.Number(facts, fact) switch
    {
        null => "",
        0 when style.Length > 0 && fact != "passed" => $"<span>{fact} 0</span>",
        var count => $"<span class=\"{style}\">{fact} <b>{count:#,0}</b></span>",
    };

    private static string Suites(string name, ValueMap facts)
    {
        if (!facts.TryGet("by_suite", out var suites) || suites.Kind != ValueKind.Map || suites.AsMap.Count == 0)
            return "";
        var rows = suites.AsMap.Entries.Where(entry => entry.Value.Kind == ValueKind.Map).Select(entry =>
            $"<tr><th scope=\"row\">{HtmlText.Line(entry.Key.AsString, 160)}</th>"
            + $"{string.Concat(SuiteColumns.Select(column => Cell(entry.Value.AsMap, column)))}</tr>\n");
        return Fold(StateWords.Count(suites.AsMap.Count, "suite"), $"Suites of {name}", ["Suite", .. SuiteColumns], rows);
    }

    private static string Slowest(string name, ValueMap facts)
    {
        if (!facts.TryGet("slowest", out var tests) || tests.Kind != ValueKind.List || tests.AsList.Count == 0)
            return "";
        var rows = tests.AsList.Where(test => test.Kind == ValueKind.Map).Select(test =>
            $"<tr><th scope=\"row\">{HtmlText.Line(TestCases.Text(test.AsMap, "name"))}</th>{Cell(test.AsMap, "outcome")}"
            + $"{Cell(test.AsMap, "duration")}</tr>\n");
        return Fold($"{StateWords.Count(tests.AsList.Count, "test")} that took longest", $"Slowest tests of {name}",
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

    private static string Cell(ValueMap facts, string name) => $"<td class=\"number\">{HtmlText.Line(TestCases.Text(facts, name))}</td>";
}
