using System.Text;
using System.Text.Json;
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

    public static IEnumerable<Html> Of(Evidence evidence)
    {
        var sets = evidence.Measurements.Where(entry => entry.Value.Kind == "results" && entry.Value.Facts.Kind == ValueKind.Map)
            .Select(entry => (entry.Key, Facts: entry.Value.Facts.AsMap));
        return sets.OrderByDescending(set => Failing(set.Facts) > 0).SelectMany(set => Of(set.Key, set.Facts));
    }

    private static IEnumerable<Html> Of(string name, ValueMap facts)
    {
        var cases = TestCases.Of(facts);
        yield return $"<h3>{name}</h3>\n<p class=\"counts\">{Html.Each(Counts, count => Count(facts, count.Fact, count.Class))}</p>\n"
            + $"<p class=\"muted\">{cases.Scope}</p>\n";
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
        yield return $"<div class=\"rows\">\n{Suites(name, facts)}{Slowest(name, facts)}</div>\n";
    }

    private static long Failing(ValueMap facts) => (TestCases.Number(facts, "failed") ?? 0) + (TestCases.Number(facts, "errors") ?? 0);

    private static Html Count(ValueMap facts, string fact, string style) => TestCases.Number(facts, fact) switch
    {
        null => Html.Empty,
        0 when style.Length > 0 && fact != "passed" => $"<span>{fact} 0</span>",
        { } count => $"<span class=\"{style}\">{fact} <b>{count:#,0}</b></span>",
    };

    private static Html Suites(string name, ValueMap facts)
    {
        if (!facts.TryGet("by_suite", out var suites) || suites.Kind != ValueKind.Map || suites.AsMap.Count == 0)
            return Html.Empty;
        var rows = Html.Each(suites.AsMap.Entries.Where(entry => entry.Value.Kind == ValueKind.Map), entry =>
            $"<tr><th scope=\"row\">{Html.Line(entry.Key.AsString, 160)}</th>"
            + $"{Html.Each(SuiteColumns, column => Cell(entry.Value.AsMap, column))}</tr>\n");
        return Fold(StateWords.Count(suites.AsMap.Count, "suite"), $"Suites of {name}",
            ["Suite", .. SuiteColumns.Select(column => $"#{column}")], rows);
    }

    private static Html Slowest(string name, ValueMap facts)
    {
        if (!facts.TryGet("slowest", out var tests) || tests.Kind != ValueKind.List || tests.AsList.Count == 0)
            return Html.Empty;
        var rows = Html.Each(tests.AsList.Where(test => test.Kind == ValueKind.Map), test =>
            $"<tr><th scope=\"row\">{TestCases.Text(test.AsMap, "name")}</th>{Cell(test.AsMap, "outcome")}{Cell(test.AsMap, "duration")}"
            + $"</tr>\n");
        return Fold($"{StateWords.Count(tests.AsList.Count, "test")} that took longest", $"Slowest tests of {name}",
            ["Test", "#outcome", "#duration"], rows);
    }

    private static Html Fold(string summary, string label, IEnumerable<string> columns, Html rows) =>
        $"<details><summary>{summary}</summary>{Html.Table(label, columns, rows)}</details>\n";

    private static Html Cell(ValueMap facts, string name) => $"<td class=\"number\">{TestCases.Text(facts, name)}</td>";
}

/// <summary>The cases of a result set that a page lists, failures first. They stand in it as data and are drawn a hundred at a time, so
/// that thousands open at once.</summary>
/// <param name="Json">Rows of name, outcome, time, place, message and trace.</param>
/// <param name="Scope">What is listed, and what is counted only.</param>
internal sealed record TestCases(Html Json, int Count, IReadOnlyList<string> Outcomes, string Scope)
{
    /// <summary>Of each list; a page with more would be slow to search.</summary>
    public const int Most = 5_000;

    /// <summary>Traces together; a test's trace has 3,000 characters at most.</summary>
    private const int MostTraces = 500;

    private static readonly (string Fact, string Word, string[] Counts)[] Lists =
        [("failures", "failing", ["failed", "errors"]), ("flaky_tests", "flaky", ["flaky"]), ("skipped_tests", "skipped", ["skipped"])];

    public static TestCases Of(ValueMap facts)
    {
        using var stream = new MemoryStream();
        var scope = new List<string>();
        var outcomes = new SortedSet<string>(StringComparer.Ordinal);
        var (written, traces) = (0, 0);
        // JSON's default encoder leaves no character that could end the element.
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var (fact, word, counts) in Lists)
            {
                var before = written;
                foreach (var test in In(facts, fact).Take(Most))
                {
                    traces += Write(writer, test.AsMap, traces < MostTraces) ? 1 : 0;
                    outcomes.Add(Text(test.AsMap, "outcome"));
                    written++;
                }
                scope.AddRange(Listed(word, written - before, counts.Sum(count => Number(facts, count) ?? 0)));
            }
            writer.WriteEndArray();
        }
        return new(Html.Trusted(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length)), written, [.. outcomes],
            Sentence(facts, scope, written, traces));
    }

    public static long? Number(ValueMap facts, string name) =>
        facts.TryGet(name, out var value) && value.Kind == ValueKind.Int ? value.AsInt : null;

    public static string Text(ValueMap facts, string name) => !facts.TryGet(name, out var value) ? "" : value.Kind switch
    {
        ValueKind.String => value.AsString,
        ValueKind.Int => value.AsInt.ToString("#,0"),
        ValueKind.Duration => UnitText.Of(value),
        _ => "",
    };

    private static IEnumerable<Value> In(ValueMap facts, string name) =>
        facts.TryGet(name, out var cases) && cases.Kind == ValueKind.List ? cases.AsList.Where(test => test.Kind == ValueKind.Map) : [];

    private static IEnumerable<string> Listed(string word, int listed, long known) => (listed, known) switch
    {
        (0, 0) => [],
        var (some, all) when some < all => [$"the first {some:#,0} of {all:#,0} {word} tests"],
        var (some, _) => [some == 1 ? $"the one {word} test" : $"all {some:#,0} {word} tests"],
    };

    private static string Sentence(ValueMap facts, List<string> scope, int written, int traces)
    {
        var passed = (Number(facts, "passed") ?? 0) - (Number(facts, "flaky") ?? 0);
        var listed = scope.Count == 0
            ? ""
            : $"Listed: {string.Join(", ", scope)}{(traces > 0 && traces < written ? $"; {traces:#,0} of them with a trace" : "")}. ";
        return listed + (passed > 0
            ? $"{StateWords.Count(passed, "test")} passed and {(passed == 1 ? "is" : "are")} counted, not listed."
            : "");
    }

    /// <summary>True where it has a trace.</summary>
    private static bool Write(Utf8JsonWriter writer, ValueMap test, bool withTrace)
    {
        writer.WriteStartArray();
        foreach (var field in new[] { "name", "outcome", "duration" })
            writer.WriteStringValue(PlainText.Line(Text(test, field), 400));
        writer.WriteStringValue(PlainText.Line(Text(test, "file") + (Number(test, "line") is { } line ? $":{line}" : ""), 300));
        writer.WriteStringValue(PlainText.Line(Text(test, "message"), 1000));
        var trace = withTrace ? Text(test, "details") : "";
        if (trace.Length > 0)
            writer.WriteStringValue(string.Join('\n', PlainText.Lines(trace)));
        writer.WriteEndArray();
        return trace.Length > 0;
    }
}
