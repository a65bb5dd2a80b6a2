using System.Text;
using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>
/// The cases of a result set that a page lists, failures first. They stand in it as data and are drawn a hundred at a time, so that
/// thousands open at once.
/// </summary>
/// <param name="Json">Rows of name, outcome, time, place, message, trace, and by what equal ones are told together where the message says
/// more.</param>
/// <param name="Scope">What is listed, and what is counted only.</param>
internal sealed record TestCases(Html Json, int Count, IReadOnlyList<string> Outcomes, string Scope)
{
    /// <summary>Of each list; a page with more would be slow to search.</summary>
    public const int Most = 5_000;

    /// <summary>Traces together; a test's trace has 3,000 characters at most.</summary>
    private const int MostTraces = 500;

    public static TestCases Of(TestContent tests)
    {
        using var stream = new MemoryStream();
        var scope = new List<string>();
        var outcomes = new SortedSet<string>(StringComparer.Ordinal);
        var (written, traces) = (0, 0);
        // JSON's default encoder leaves no character that could end the element.
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var (word, cases, known) in ListsOf(tests))
            {
                var before = written;
                foreach (var test in cases.Take(Most))
                {
                    traces += Write(writer, test, traces < MostTraces) ? 1 : 0;
                    outcomes.Add(test.Outcome.Word());
                    written++;
                }
                scope.AddRange(Listed(word, written - before, known));
            }
            writer.WriteEndArray();
        }
        return new(Html.Trusted(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length)), written, [.. outcomes],
            Sentence(tests.Counts, scope, written, traces));
    }

    private static IEnumerable<(string Word, IReadOnlyList<TestCase> Cases, long Known)> ListsOf(TestContent tests) =>
    [
        ("failing", tests.Failures, tests.Counts.Failed + tests.Counts.Errors),
        ("flaky", tests.Flaky, tests.Counts.Flaky),
        ("skipped", tests.Skipped, tests.Counts.Skipped),
    ];

    private static IEnumerable<string> Listed(string word, int listed, long known) => (listed, known) switch
    {
        (0, 0) => [],
        var (some, all) when some < all => [$"the first {some:#,0} of {all:#,0} {word} tests"],
        var (some, _) => [some == 1 ? $"the one {word} test" : $"all {some:#,0} {word} tests"],
    };

    private static string Sentence(TestCounts counts, List<string> scope, int written, int traces)
    {
        var passed = counts.Passed - counts.Flaky;
        var listed = scope.Count == 0
            ? ""
            : $"Listed: {string.Join(", ", scope)}{(traces > 0 && traces < written ? $"; {traces:#,0} of them with a trace" : "")}. ";
        return listed + (passed > 0
            ? $"{StateWords.Count(passed, "test")} passed and {(passed == 1 ? "is" : "are")} counted, not listed."
            : "");
    }

    /// <summary>True if it has a trace.</summary>
    private static bool Write(Utf8JsonWriter writer, TestCase test, bool withTrace)
    {
        writer.WriteStartArray();
        foreach (var text in new[]
            { test.FullName, test.Outcome.Word(), test.Duration is { } duration ? UnitText.Duration(duration) : "" })
            writer.WriteStringValue(PlainText.Line(text, 400));
        writer.WriteStringValue(PlainText.Line(test.Place, 300));
        var message = PlainText.Line(test.Message ?? "", 1000);
        var cause = PlainText.Line(FailureGroup.MessageOf(test));
        writer.WriteStringValue(message);
        var trace = withTrace ? test.Details ?? "" : "";
        if (trace.Length > 0 || cause != message)
            writer.WriteStringValue(string.Join('\n', PlainText.Lines(trace)));
        if (cause != message)
            writer.WriteStringValue(cause);
        writer.WriteEndArray();
        return trace.Length > 0;
    }
}
