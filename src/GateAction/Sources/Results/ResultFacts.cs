using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Results.Locations;

namespace GateAction.Sources.Results;

/// <summary>What the facts of a result set are made of.</summary>
/// <param name="Missing">Patterns of <c>require</c> that no test which ran fits.</param>
/// <param name="Compared">Against the baseline; null if there is none.</param>
/// <param name="ExitCode">What the program that ran the tests ended with; null if that is not known.</param>
/// <param name="IsClean">True if the figures can be trusted.</param>
internal sealed record ResultFacts(
    ResultRun Run, TestContent Tests, IReadOnlyList<string> Missing, BaselineFacts? Compared, long? ExitCode = null, bool IsClean = true)
{
    private const int Listed = ResultLimits.Traces;
    private const int BriefMessage = 300;
    private const int ListedSuites = 500;
    private const int ListedGroups = 50;

    private static readonly Facts<FailureGroup> GroupFacts = new Facts<FailureGroup>("Failing cases with one message.")
        .Text("message", "The first line they share.", group => group.Message)
        .Int("count", "How many cases.", group => group.Tests.Count)
        .Text("first", "The first of them.", group => group.Tests[0].FullName)
        .Texts("names", "The first 20 of them.", "The name.", group => group.Tests.Take(FailureGroup.Named).Select(test => test.FullName));

    public static readonly Facts<ResultFacts> Facts = new Facts<ResultFacts>("What the result files hold.")
        .Include(TestContent.Facts, results => results.Tests)
        .Int("suites", "Suites in the files.", results => results.Run.Suites)
        .Int("files", "Files read.", results => results.Run.Files.Count)
        .Texts(
            "missing",
            "Patterns of `require` for which no case ran, or one was skipped.",
            "The pattern.",
            results => results.Missing)
        .Size(
            "peak_memory",
            "The largest memory a producer wrote as a property (`peak_memory`, `max_rss` …).",
            results => results.Run.PeakMemory)
        .Bool(
            "green",
            "True if at least one case passed, none failed and none is an error, none is missing and the set is clean.",
            results => results is { IsClean: true, Missing.Count: 0, Tests.Counts: { Failed: 0, Errors: 0, Passed: > 0 } }).TellsErrors()
        .Int("exit_code", "What `exit-code` says the run ended with; missing without that field.", results => results.ExitCode)
        .TellsErrors()
        .List(
            "failure_groups",
            "Failing cases that share the first line of their message, the most frequent first, 50 at most; only messages that two cases "
            + "or more have.",
            GroupFacts,
            results => FailureGroup.In(results.Run.Failures).Take(ListedGroups))
        .Texts("problems", "What is wrong with the files.", "`file:line: message`.", results => results.Problems)
        .Include(BaselineFacts.Facts, results => results.Compared)
        .Text(
            BaselineFacts.Index,
            "The identities of all cases, packed, for the comparison with a later run.",
            results => PackedIndex.Pack(results.Run));

    private IEnumerable<string> Problems =>
        Run.Files.SelectMany(file => file.Problems.Select(problem => Problem(file, problem))).Take(Listed);

    /// <param name="missing">Patterns of <c>require</c> that no test which ran fits.</param>
    /// <param name="baseline">The facts of the same result set in the baseline; null if there is none.</param>
    public static ResultFacts Of(
        ResultRun run, IReadOnlyList<string> missing, Locator locator, Value? baseline, long? exitCode = null, bool isClean = true) => new(
        run,
        new(run.Counts)
        {
            Failures = [.. run.Failures.Select((test, index) => Located(index < Listed ? test : Brief(test), locator))],
            Slowest = [.. run.Slowest.Take(Listed).Select(NotLocated)],
            Flaky = [.. run.Others.Where(test => test.Outcome == TestOutcome.Flaky).Take(Listed).Select(test => Located(test, locator))],
            Skipped = [.. run.Others.Where(test => test.Outcome == TestOutcome.Skipped).Take(Listed).Select(NotLocated)],
            Suites =
            [
                .. run.BySuite()
                    .OrderByDescending(suite => suite.Value.Failed + suite.Value.Errors)
                    .Take(ListedSuites)
                    .Select(suite => (suite.Key, suite.Value)),
            ],
        },
        missing,
        BaselineFacts.Of(run, baseline, test => Located(test, locator)),
        exitCode,
        isClean);

    public static string Problem(FileTally file, ResultProblem problem) =>
        problem.Line > 0 ? $"{file.Path}:{problem.Line}: {problem.Message}" : $"{file.Path}: {problem.Message}";

    /// <summary>Thousands of failures are listed, and evidence stays small.</summary>
    private static TestCase Brief(TestCase test) => test with { Details = null, Message = Reading.Text.Cut(test.Message, BriefMessage) };

    private static TestCase NotLocated(TestCase test) => test with { File = null, Line = null };

    /// <summary>With the file and line in the repository, where they could be found.</summary>
    private static TestCase Located(TestCase test, Locator locator) => locator.Locate(test) is { } frame
        ? test with { File = frame.Path, Line = frame.Line > 0 ? frame.Line : null }
        : NotLocated(test);
}
