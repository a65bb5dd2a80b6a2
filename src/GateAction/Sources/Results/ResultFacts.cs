using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Results.Locations;

namespace GateAction.Sources.Results;

/// <summary>The facts of a result set: their types, and their values for one run.</summary>
internal static class ResultFacts
{
    private const int Listed = Limits.Traces;
    private const int BriefMessage = 300;
    private const int ListedSuites = 500;
    private const int ListedGroups = 50;

    private static readonly FactType Test = FactType.Object(
        "One test case.",
        ("name", FactType.String("Class and name.")),
        ("class", FactType.String("The class or suite.")),
        ("outcome", FactType.String("`failed`, `error`, `skipped`, `flaky` or `passed`.")),
        ("duration", FactType.Duration("Its time, where the producer writes one.")),
        ("file", FactType.String("The source file in the repository, where it could be found.")),
        ("line", FactType.Int("The line in that file.")),
        ("message", FactType.String("Why it did not pass.")),
        ("details", FactType.String("The stack trace, cut at 3,000 characters.")));

    private static readonly FactType Group = FactType.Object(
        "Failing cases with one message.",
        ("message", FactType.String("The first line they share.")),
        ("count", FactType.Int("How many cases.")),
        ("first", FactType.String("The first of them.")),
        ("names", FactType.List("The first 20 of them.", FactType.String("The name."))));

    private static readonly (string, FactType)[] Figures =
    [
        ("total", FactType.Int("Test cases, counted one by one.")),
        ("passed", FactType.Int("Cases that passed in the end; flaky ones are among them.")),
        ("failed", FactType.Int("Cases with a failed assertion.")),
        ("errors", FactType.Int("Cases that broke: an exception, a timeout, a crash.")),
        ("skipped", FactType.Int("Cases that did not run or that nobody judged.")),
        ("flaky", FactType.Int("Cases that failed and then passed on a rerun.")),
        ("duration", FactType.Duration("Sum of the cases' times.")),
    ];

    public static FactType Type { get; } = FactType.Object(
        "What the result files hold.",
        [
            .. Figures,
            ("pass_rate", FactType.Ratio("Passed cases among those that ran; missing where none ran.")),
            ("suites", FactType.Int("Suites in the files.")),
            ("files", FactType.Int("Files read.")),
            ("failures", FactType.List(
                "The first 4,000 failed cases and errors; past 200 without `details` and with a message of 300 characters at most.", Test)),
            ("slowest", FactType.List("The 20 slowest cases.", Test)),
            ("flaky_tests", FactType.List("The first 200 flaky cases.", Test)),
            ("skipped_tests", FactType.List("The first 200 skipped cases.", Test)),
            ("missing", FactType.List("Patterns of `require` for which no case ran, or one was skipped.", FactType.String("The pattern."))),
            ("by_suite", FactType.Map("Figures by class or suite, those with failures first, 500 at most.",
                FactType.Object("Figures of one suite.", Figures))),
            ("peak_memory", FactType.Size("The largest memory a producer wrote as a property (`peak_memory`, `max_rss` …).")),
            ("green", FactType.Bool(
                "True where at least one case passed, none failed and none is an error, none is missing and the set is clean.")),
            ("exit_code", FactType.Int("What `exit-code` says the run ended with; missing without that field.")),
            ("failure_groups", FactType.List(
                "Failing cases that share the first line of their message, the most frequent first, 50 at most; only messages that two "
                + "cases or more have.", Group)),
            ("problems", FactType.List("What is wrong with the files.", FactType.String("`file:line: message`."))),
            .. BaselineFacts.Types(Test),
        ]);

    /// <param name="baseline">The facts of the same result set in the baseline; null where there is none.</param>
    public static IEnumerable<(string, Value)> Of(ResultRun run, IReadOnlyList<string> missing, Locator locator, Value? baseline,
        long? exitCode = null, bool isClean = true)
    {
        foreach (var figure in FiguresOf(run.Counts))
            yield return figure;
        if (run.Counts.PassRate is { } rate)
            yield return ("pass_rate", Value.Double(rate));
        yield return ("suites", Value.Int(run.Suites));
        yield return ("files", Value.Int(run.Files.Count));
        yield return ("failures",
            Value.List(run.Failures.Select((test, index) => Value.Map(TestOf(index < Listed ? test : Brief(test), locator))).ToArray()));
        yield return ("slowest", Tests(run.Slowest, null));
        yield return ("flaky_tests", Tests(run.Others.Where(test => test.Outcome == TestOutcome.Flaky), locator));
        yield return ("skipped_tests", Tests(run.Others.Where(test => test.Outcome == TestOutcome.Skipped), null));
        yield return ("missing", Value.List(missing));
        yield return ("by_suite", Suites(run));
        if (run.PeakMemory is { } peak)
            yield return ("peak_memory", Value.Int(peak));
        yield return ("green", Value.Bool(isClean && missing.Count == 0 && run.Counts is { Failed: 0, Errors: 0, Passed: > 0 }));
        if (exitCode is { } code)
            yield return ("exit_code", Value.Int(code));
        yield return ("failure_groups", Value.List(FailureGroup.In(run.Failures).Take(ListedGroups).Select(GroupOf).ToArray()));
        yield return ("problems",
            Value.List(run.Files.SelectMany(file => file.Problems.Select(problem => Problem(file, problem))).Take(Listed)));
        foreach (var fact in baseline is { } before ? BaselineFacts.Of(run, before, tests => Tests(tests, locator)) : [])
            yield return fact;
        yield return (BaselineFacts.Index, Value.String(PackedIndex.Pack(run)));
    }

    public static string Problem(FileTally file, ResultProblem problem) =>
        problem.Line > 0 ? $"{file.Path}:{problem.Line}: {problem.Message}" : $"{file.Path}: {problem.Message}";

    /// <summary>Thousands of failures are listed, and evidence stays small.</summary>
    private static TestCase Brief(TestCase test) => test with { Details = null, Message = Reading.Text.Cut(test.Message, BriefMessage) };

    private static Value Tests(IEnumerable<TestCase> tests, Locator? locator) =>
        Value.List(tests.Take(Listed).Select(test => Value.Map(TestOf(test, locator))).ToArray());

    private static IEnumerable<(string, Value)> TestOf(TestCase test, Locator? locator)
    {
        yield return ("name", Value.String(test.FullName));
        yield return ("class", Value.String(test.Owner));
        yield return ("outcome", Value.String(NameOf(test.Outcome)));
        if (test.Duration is { } duration)
            yield return ("duration", Value.Duration(duration));
        if (locator?.Locate(test) is { } frame)
        {
            yield return ("file", Value.String(frame.Path));
            if (frame.Line > 0)
                yield return ("line", Value.Int(frame.Line));
        }
        if (test.Message is not null)
            yield return ("message", Value.String(test.Message));
        if (test.Details is not null)
            yield return ("details", Value.String(test.Details));
    }

    private static Value GroupOf(FailureGroup group) => Value.Map(
        ("message", Value.String(group.Message)),
        ("count", Value.Int(group.Tests.Count)),
        ("first", Value.String(group.Tests[0].FullName)),
        ("names", Value.List(group.Tests.Take(FailureGroup.Named).Select(test => test.FullName))));

    private static string NameOf(TestOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static Value Suites(ResultRun run) => Value.Map(run.BySuite()
        .OrderByDescending(suite => suite.Value.Failed + suite.Value.Errors)
        .Take(ListedSuites)
        .Select(suite => (suite.Key, Value.Map(FiguresOf(suite.Value)))));

    private static IEnumerable<(string, Value)> FiguresOf(TestCounts counts) =>
    [
        ("total", Value.Int(counts.Total)),
        ("passed", Value.Int(counts.Passed)),
        ("failed", Value.Int(counts.Failed)),
        ("errors", Value.Int(counts.Errors)),
        ("skipped", Value.Int(counts.Skipped)),
        ("flaky", Value.Int(counts.Flaky)),
        ("duration", Value.Duration(counts.Duration)),
    ];
}
