using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results;

/// <summary>The lines of evidence that reports show: failing tests first, then what is wrong with the files.</summary>
internal static class ResultDetails
{
    private const int Most = 30;

    private const int Named = 5;

    /// <param name="around">What is wrong around the files.</param>
    public static IReadOnlyList<string> Of(ResultRun run, IEnumerable<string> around) =>
        [.. around.Concat(Failures(run)).Concat(Problems(run)).Take(Most)];

    // Tests that share a message are one line, where the first of them stands.
    private static IEnumerable<string> Failures(ResultRun run)
    {
        var groups = FailureGroup.In(run.Failures).ToDictionary(group => group.Message, StringComparer.Ordinal);
        foreach (var test in run.Failures)
        {
            if (!groups.TryGetValue(FailureGroup.MessageOf(test), out var group))
                yield return Line(test);
            else if (ReferenceEquals(group.Tests[0], test))
                yield return group.Show(Named);
        }
    }

    private static string Line(TestCase test)
    {
        var message = Reading.Text.FirstLine(test.Message);
        return message is null ? test.FullName : $"{test.FullName}: {Text.Cut(message, 300)}";
    }

    private static IEnumerable<string> Problems(ResultRun run) => run.Files
        .SelectMany(file => file.Problems.Select(problem => (file, problem)))
        .OrderByDescending(item => item.problem.Severity)
        .Select(item => ResultFacts.Problem(item.file, item.problem));
}
