using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports.Machine;

namespace GateAction.Core.Reports;

/// <summary>A test that failed, where its source file is known.</summary>
/// <param name="Set">The result set it is in.</param>
/// <param name="File">Below the repository's root.</param>
/// <param name="Line">From 1.</param>
/// <param name="Level">As grave as the gravest criterion that reads the set and is not met; a notice where all are met in spite of
/// it.</param>
internal sealed record FailingTest(string Set, string Name, string File, int Line, string Message, AnnotationLevel Level)
{
    /// <summary>Each test once, in the order of the result sets; those that block first.</summary>
    public static IReadOnlyList<FailingTest> In(Verdict verdict, Evidence? evidence) =>
    [
        .. (evidence?.Measurements ?? new Dictionary<string, Measurement>())
            .Where(entry => entry.Value.Kind == "results" && entry.Value.Facts.Kind == ValueKind.Map)
            .SelectMany(entry => In(entry.Key, entry.Value.Facts.AsMap, LevelOf(entry.Key, verdict)))
            .OrderByDescending(test => test.Level)
            .DistinctBy(test => (test.Name, test.File, test.Line)),
    ];

    private static IEnumerable<FailingTest> In(string set, ValueMap facts, AnnotationLevel level)
    {
        if (!facts.TryGet("failures", out var failures) || failures.Kind != ValueKind.List)
            yield break;
        foreach (var test in failures.AsList.Where(test => test.Kind == ValueKind.Map).Select(test => test.AsMap))
        {
            if (Text(test, "file") is { } file && IsInRepository(file))
                yield return new(set, Text(test, "name") ?? "a test", file, test.TryGet("line", out var line)
                    && line is { Kind: ValueKind.Int, AsInt: > 0 and <= int.MaxValue } ? (int)line.AsInt : 1,
                    Text(test, "message") ?? "failed", level);
        }
    }

    private static AnnotationLevel LevelOf(string set, Verdict verdict) =>
        verdict.Criteria.Where(criterion => criterion.Reads.Contains(set)).Select(Annotations.Level).Max() ?? AnnotationLevel.Notice;

    private static string? Text(ValueMap test, string name) =>
        test.TryGet(name, out var value) && value is { Kind: ValueKind.String, AsString.Length: > 0 } ? value.AsString : null;

    /// <summary>Evidence can come from another job: a place outside the repository is none.</summary>
    private static bool IsInRepository(string file) =>
        !Path.IsPathRooted(file) && !file.Contains('\\') && !file.Any(char.IsControl)
        && !file.Split('/').Any(part => part is ".." or "." or "");
}
