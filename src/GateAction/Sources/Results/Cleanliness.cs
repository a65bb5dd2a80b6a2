namespace GateAction.Sources.Results;

/// <summary>Why the figures of a run cannot be trusted, in one sentence; null where they can.</summary>
internal static class Cleanliness
{
    /// <param name="around">What is wrong around the files: patterns that match none, the exit code.</param>
    public static string? Reason(ResultRun run, IReadOnlyList<MissingTest> missing, params IReadOnlyList<string> around)
    {
        var defects = run.Files
            .SelectMany(file =>
            file.Problems.Where(problem => problem.Severity > Severity.Warning).Select(problem => ResultFacts.Problem(file, problem)))
            .Concat(missing.Select(test => test.ToString()))
            .Concat(around)
            .ToList();
        var counts = run.Counts;
        if (counts.Total > 0 && counts.Skipped == counts.Total)
            defects.Add($"no test ran: {(counts.Total == 1 ? "the only case was" : $"all {counts.Total} cases were")} skipped");
        if (counts.Total == 0 && defects.Count == 0)
            defects.Add(run.Files.Any(file => file.Read > 0)
                ? "no test case is left after include and exclude"
                : "no test ran: the files hold no test case");
        return defects.Count switch
        {
            0 => null,
            1 => $"not clean: {defects[0]}",
            _ => $"not clean: {defects[0]} (and {defects.Count - 1} more)",
        };
    }
}
