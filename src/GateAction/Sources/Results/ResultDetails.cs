using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results;

/// <summary>The lines of evidence that reports show: failing tests first, then what is wrong with the files.</summary>
internal static class ResultDetails
{
    private const int Most = 30;

    public static IReadOnlyList<string> Of(ResultRun run) =>
    [
        .. run.Failures.Select(Line).Concat(Problems(run)).Take(Most),
    ];

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
