using System.Text;
using System.Text.Json;
using GateAction.Cel.Values;

namespace GateAction.Core.Reports.Html;

/// <summary>The cases of a result set that a page lists, failures first. They stand in it as data and are drawn a hundred at a time, so
/// that thousands open at once.</summary>
/// <param name="Json">Rows of name, outcome, time, place, message and trace.</param>
/// <param name="Scope">What is listed, and what is counted only.</param>
internal sealed record TestCases(string Json, int Count, IReadOnlyList<string> Outcomes, string Scope)
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
        return new(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length), written, [.. outcomes],
            Sentence(facts, scope, written, traces));
    }

    public static long? Number(ValueMap facts, string name) =>
        facts.TryGet(name, out var value) && value.Kind == ValueKind.Int ? value.AsInt : null;

    public static string Text(ValueMap facts, string name) => !facts.TryGet(name, out var value) ? "" : value.Kind switch
    {
        ValueKind.String => value.AsString,
        ValueKind.Int => value.AsInt.ToString("#,0"),
        ValueKind.Duration => UnitText.Duration(TimeSpan.FromSeconds(value.Seconds + (value.Nanos / 1e9))),
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
