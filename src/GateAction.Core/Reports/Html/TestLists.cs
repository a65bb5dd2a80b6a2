using System.Text;
using System.Text.Json;
using GateAction.Core.Conditions;

namespace GateAction.Core.Reports.Html;

/// <summary>
/// The test cases that the evidence names: failures first. They stand in the page as data and are drawn a hundred at a time, so that any number of them
/// opens at once.
/// </summary>
internal static class TestLists
{
    /// <summary>Lists of cases among a result set's facts, in the order in which they are shown.</summary>
    private static readonly string[] ListNames = ["failures", "flaky_tests", "skipped_tests", "slowest"];

    private static readonly string[] CountNames = ["total", "passed", "failed", "errors", "skipped", "flaky"];

    public static string Of(Evidence evidence)
    {
        var sections = new StringBuilder();
        foreach (var (name, measurement) in evidence.Measurements)
        {
            if (measurement.Kind == "results" && measurement.Facts.Kind == ValueKind.Map)
                sections.Append(Section(name, measurement.Facts.AsMap));
        }
        return sections.ToString();
    }

    private static string Section(string name, ValueMap facts)
    {
        var id = $"tests-{HtmlText.Line(name)}";
        var title = $"<h3>{HtmlText.Line(name)}</h3>\n{Counts(facts)}{Suites(name, facts)}";
        var (json, count) = Cases(facts);
        return count == 0
            ? title + "<p>The evidence names no single case: none failed, was flaky or skipped.</p>\n"
            : $"""
                {title}<script type="application/json" id="{id}">{json}</script>
                <div data-tests="{id}"><div class="filter" hidden><label>Search in names and messages<input type="search" autocomplete="off"></label>
                <label>Outcome<select><option value="">all</option><option>failed</option><option>error</option><option>flaky</option><option>skipped</option><option>passed</option></select></label></div>
                <p role="status" class="muted">{count:#,0} tests</p><div class="tests"></div><p><button type="button" hidden>Show more</button></p></div>

                """;
    }

    private static string Counts(ValueMap facts)
    {
        var counts = CountNames.Where(fact => facts.TryGet(fact, out _)).Select(fact => $"{fact} <b>{Text(facts, fact)}</b>");
        return $"<p>{string.Join(" · ", counts)}</p>\n";
    }

    private static string Suites(string name, ValueMap facts)
    {
        if (!facts.TryGet("by_suite", out var suites) || suites.Kind != ValueKind.Map || suites.AsMap.Count == 0)
            return "";
        string[] columns = ["total", "passed", "failed", "errors", "skipped", "duration"];
        var head = string.Concat(columns.Select(column => $"<th scope=\"col\" class=\"number\">{column}</th>"));
        var rows = suites.AsMap.Entries.Where(entry => entry.Value.Kind == ValueKind.Map).Select(entry =>
            $"<tr><th scope=\"row\">{HtmlText.Line(entry.Key.AsString, 160)}</th>{string.Concat(columns.Select(column => $"<td class=\"number\">{Text(entry.Value.AsMap, column)}</td>"))}</tr>\n");
        return $"<details><summary>{StateWords.Count(suites.AsMap.Count, "suite")}</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Suites of {HtmlText.Line(name)}\"><table><thead><tr><th scope=\"col\">Suite</th>{head}</tr></thead><tbody>\n{string.Concat(rows)}</tbody></table></div></details>\n";
    }

    /// <summary>Rows of name, outcome, time, place, message and trace. JSON's default encoder leaves no character that could end the element.</summary>
    private static (string Json, int Count) Cases(ValueMap facts)
    {
        using var stream = new MemoryStream();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var list in ListNames)
            {
                if (!facts.TryGet(list, out var cases) || cases.Kind != ValueKind.List)
                    continue;
                foreach (var one in cases.AsList.Where(one => one.Kind == ValueKind.Map && seen.Add(Plain(one.AsMap, "name"))))
                    WriteCase(writer, one.AsMap);
            }
            writer.WriteEndArray();
        }
        return (Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length), seen.Count);
    }

    private static void WriteCase(Utf8JsonWriter writer, ValueMap test)
    {
        writer.WriteStartArray();
        foreach (var field in new[] { "name", "outcome", "duration" })
            writer.WriteStringValue(PlainText.Line(Plain(test, field), 400));
        writer.WriteStringValue(PlainText.Line(Plain(test, "file") + (test.TryGet("line", out var line) && line.Kind == ValueKind.Int ? $":{line.AsInt}" : ""), 300));
        writer.WriteStringValue(PlainText.Line(Plain(test, "message"), 1000));
        writer.WriteStringValue(Plain(test, "details") is { Length: > 0 } trace ? string.Join('\n', PlainText.Lines(trace)) : "");
        writer.WriteEndArray();
    }

    private static string Text(ValueMap facts, string name) => HtmlText.Line(Plain(facts, name));

    private static string Plain(ValueMap facts, string name) => !facts.TryGet(name, out var value) ? "" : value.Kind switch
    {
        ValueKind.String => value.AsString,
        ValueKind.Int => value.AsInt.ToString("#,0"),
        ValueKind.Duration => DurationText.Of(TimeSpan.FromSeconds(value.Seconds + (value.Nanos / 1e9))),
        _ => "",
    };
}
