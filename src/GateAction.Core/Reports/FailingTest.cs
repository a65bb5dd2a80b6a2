using GateAction.Core.Model;
using GateAction.Core.Reports.Machine;

namespace GateAction.Core.Reports;

/// <summary>A test that failed, where its source file is known.</summary>
/// <param name="Set">The result set it is in.</param>
/// <param name="File">Below the repository's root.</param>
/// <param name="Line">From 1.</param>
/// <param name="Cause">The first line of the message, by which tests are grouped; empty if there is none.</param>
/// <param name="Level">As grave as the gravest criterion that reads the set and is not met; a notice where all are met in spite of
/// it.</param>
internal sealed record FailingTest(
    string Set,
    string Name,
    string File,
    int Line,
    string Message,
    string Cause,
    AnnotationLevel Level)
{
    /// <summary>Each test once, in the order of the result sets; those that block first.</summary>
    public static IReadOnlyList<FailingTest> In(Verdict verdict, Evidence? evidence) =>
    [
        .. (evidence?.Measurements ?? new Dictionary<string, Measurement>())
            .SelectMany(entry => entry.Value.Content is TestContent tests ? In(entry.Key, tests, LevelOf(entry.Key, verdict)) : [])
            .OrderByDescending(test => test.Level)
            // A test may be in two sets, of a shard and of the whole: the graver reader comes first and is the one that is told.
            .DistinctBy(test => (test.Name, test.File, test.Line)),
    ];

    private static IEnumerable<FailingTest> In(string set, TestContent tests, AnnotationLevel level) => tests.Failures
        .Where(test => test.File is { Length: > 0 } file && IsInRepository(file))
        .Select(test => new FailingTest(set, Or(test.FullName, "a test"), test.File!, test.Line ?? 1, Or(test.Message, "failed"),
            FailureGroup.MessageOf(test), level));

    private static string Or(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;

    private static AnnotationLevel LevelOf(string set, Verdict verdict) =>
        verdict.Criteria.Where(criterion => criterion.Reads.Contains(set)).Select(Annotations.Level).Max() ?? AnnotationLevel.Notice;

    /// <summary>Evidence can come from another job: a place outside the repository is none.</summary>
    private static bool IsInRepository(string file) =>
        !Path.IsPathRooted(file) && !file.Contains('\\') && !file.Any(char.IsControl)
        && !file.Split('/').Any(part => part is ".." or "." or "");
}
