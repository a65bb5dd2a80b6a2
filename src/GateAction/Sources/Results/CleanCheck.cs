using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results;

/// <summary>Why the figures of a run cannot be trusted, in one sentence; null where they can.</summary>
internal static class CleanCheck
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
        // Nothing failed because nothing ran: so a run looks whose browser or database was not there.
        if (counts.Total > 0 && counts.Skipped == counts.Total)
            defects.Add($"no test ran: {(counts.Total == 1 ? "the only case was" : $"all {counts.Total} cases were")} skipped");
        // Any other defect says better why there is none.
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

/// <summary>Compares a producer's own figures with the cases.</summary>
internal static class ClaimedTotals
{
    /// <param name="what">What is counted: <c>tests</c>.</param>
    /// <param name="counted">The accepted figures, the plain count first: some producers count with or without a part.</param>
    public static void Compare(FileTally tally, string where, string what, long? claimed, int line, params ReadOnlySpan<long> counted)
    {
        if (claimed is { } claim && !counted.Contains(claim))
            tally.Add(Severity.Error, $"{where} says {claim} {what}, its cases are {counted[0]}", line);
    }

    /// <summary>A figure as an attribute has it; null where it has none. What is no count (<c>NaN</c>, <c>-1</c>) is an error.</summary>
    public static long? Count(FileTally tally, string where, string what, string? text, int line)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (Numbers.Count(text) is { } count)
            return count;
        tally.Add(Severity.Error, $"{where} says '{Text.Cut(text, 40)}' {what}, which is no count", line);
        return null;
    }

    /// <summary>The same of JSON.</summary>
    public static long? Count(FileTally tally, string where, string what, JsonData value)
    {
        if (value.IsMissing)
            return null;
        if (value.Count is { } count)
            return count;
        tally.Add(Severity.Error, $"{where} says {value.Show()} {what}, which is no count", value.Line);
        return null;
    }
}
