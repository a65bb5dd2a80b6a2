using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>
/// Result sets: their figures, the cases that did not simply pass, suites, and the slowest cases. What is counted but not listed is said.
/// </summary>
internal static class TestLists
{
    private const int MostGroups = 50;

    private static readonly (string Word, Func<TestCounts, long> Count)[] Columns =
    [
        ("total", counts => counts.Total),
        ("passed", counts => counts.Passed),
        ("failed", counts => counts.Failed),
        ("errors", counts => counts.Errors),
        ("skipped", counts => counts.Skipped),
    ];

    public static IEnumerable<Html> Of(Evidence evidence)
    {
        var sets = evidence.Measurements.Where(entry => entry.Value.Content is TestContent)
            .Select(entry => (entry.Key, Tests: (TestContent)entry.Value.Content!));
        return sets.OrderByDescending(set => set.Tests.Counts is { Failed: > 0 } or { Errors: > 0 })
            .SelectMany(set => Of(set.Key, set.Tests));
    }

    private static IEnumerable<Html> Of(string name, TestContent tests)
    {
        var cases = TestCases.Of(tests);
        yield return $"<h3>{name}</h3>\n<p class=\"counts\">{Counts(tests.Counts)}</p>\n<p class=\"muted\">{cases.Scope}</p>\n";
        if (cases.Count > 0)
        {
            yield return $"<script type=\"application/json\" id=\"tests-{name}\">";
            yield return cases.Json;
            yield return $"</script>\n";
            yield return
                $"""
                <div data-tests="tests-{name}"><div class="filter" hidden><label>Search in names, messages and files<input type="search" autocomplete="off"></label>
                <label>Outcome<select><option value="">all</option>{Html.Each(cases.Outcomes, outcome => $"<option>{outcome}</option>")}</select></label></div>
                <p role="status" class="muted"></p><div class="tests rows"></div><p><button type="button" hidden>Show more</button></p></div>

                """;
        }
        yield return $"<div class=\"rows\">\n{Groups(name, tests)}{Suites(name, tests)}{Slowest(name, tests)}</div>\n";
    }

    private static Html Counts(TestCounts counts) =>
        $"{Count("total", counts.Total, "")}{Count("passed", counts.Passed, "good")}{Count("failed", counts.Failed, "bad")}"
        + $"{Count("errors", counts.Errors, "bad")}{Count("skipped", counts.Skipped, "warn")}{Count("flaky", counts.Flaky, "warn")}";

    /// <summary>Zero is good news, but for what passed.</summary>
    private static Html Count(string word, long count, string style)
    {
        if (count == 0 && style is "bad" or "warn")
            return $"<span>{word} 0</span>";
        return $"<span class=\"{style}\">{word} <b>{count:#,0}</b></span>";
    }

    private static Html Groups(string name, TestContent tests)
    {
        FailureGroup[] groups = [.. FailureGroup.In(tests.Failures).Take(MostGroups)];
        if (groups.Length == 0)
            return Html.Empty;
        var rows = Html.Each(groups, group =>
            $"<tr><th scope=\"row\">{Html.Line(group.Message, 300)}</th>{Cell($"{group.Tests.Count:#,0}")}"
            + $"<td>{Html.Line(group.Tests[0].FullName, 300)}</td><td>{Html.Line(group.Others(FailureGroup.Named), 2000)}</td></tr>\n");
        return Fold($"{StateWords.Count(groups.Length, "message")} that several failing tests share",
            $"Messages of failing tests of {name}", ["Message", "#tests", "First", "Others"], rows);
    }

    private static Html Suites(string name, TestContent tests)
    {
        if (tests.Suites.Count == 0)
            return Html.Empty;
        var rows = Html.Each(tests.Suites, suite =>
            $"<tr><th scope=\"row\">{Html.Line(suite.Name, 160)}</th>"
            + $"{Html.Each(Columns, column => Cell($"{column.Count(suite.Counts):#,0}"))}"
            + $"{Cell(UnitText.Duration(suite.Counts.Duration))}</tr>\n");
        return Fold(StateWords.Count(tests.Suites.Count, "suite"), $"Suites of {name}",
            ["Suite", .. Columns.Select(column => $"#{column.Word}"), "#duration"], rows);
    }

    private static Html Slowest(string name, TestContent tests)
    {
        if (tests.Slowest.Count == 0)
            return Html.Empty;
        var rows = Html.Each(tests.Slowest, test =>
            $"<tr><th scope=\"row\">{test.FullName}</th>{Cell(test.Outcome.ToWord())}"
            + $"{Cell(test.Duration is { } duration ? UnitText.Duration(duration) : "")}</tr>\n");
        return Fold($"{StateWords.Count(tests.Slowest.Count, "test")} that took longest", $"Slowest tests of {name}",
            ["Test", "#outcome", "#duration"], rows);
    }

    private static Html Fold(string summary, string label, IEnumerable<string> columns, Html rows) =>
        $"<details><summary>{summary}</summary>{Html.Table(label, columns, rows)}</details>\n";

    private static Html Cell(string text) => $"<td class=\"number\">{text}</td>";
}
