namespace GateAction.Sources.Results;

/// <summary>Reads the files of a result set, several at a time.</summary>
internal static class ResultReader
{
    /// <param name="files">Paths, full or relative to <paramref name="directory"/>.</param>
    /// <param name="within">The folder out of which no link may lead.</param>
    /// <param name="nameOf">What messages call a file; null for its path relative to the directory.</param>
    /// <param name="empty">What a file without a test is, beside others that have some.</param>
    public static async Task<ResultRun> ReadAsync(string directory, IReadOnlyList<string> files, TestFilter filter, Severity empty,
        CancellationToken cancellation, string? within = null, Func<string, string>? nameOf = null)
    {
        nameOf ??= path => NameOf(directory, path);
        var paths = files.Select(file => Path.GetFullPath(file, directory)).Distinct(StringComparer.Ordinal).ToArray();
        // Before the reading, which is in no order: the copy is always the later of the two paths.
        var twins = DuplicateFiles.Find(paths);
        var tallies = new FileTally[paths.Length];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Environment.ProcessorCount, paths.Length))
            .Select(_ => Task.Run(ReadNext, cancellation)));
        ReportEmpty(tallies, empty);
        var run = new ResultRun(tallies);
        Repetition.Report(run);
        return run;

        void ReadNext()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < paths.Length;)
            {
                cancellation.ThrowIfCancellationRequested();
                tallies[i] = ResultFile.Read(new(paths[i], nameOf(paths[i]), within), filter);
                if (twins.TryGetValue(paths[i], out var first))
                    MarkTwin(tallies[i], nameOf(first));
            }
        }
    }

    // Where no file has a test, that is said of all of them together.
    private static void ReportEmpty(FileTally[] tallies, Severity empty)
    {
        if (tallies.All(tally => tally.Read == 0))
            return;
        foreach (var tally in tallies.Where(tally => tally.IsEmpty && !tally.IsTwin))
            tally.RaiseLast(empty);
    }

    public static string NameOf(string directory, string path)
    {
        var relative = Path.GetRelativePath(directory, path).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) ? path : relative;
    }

    private static void MarkTwin(FileTally tally, string first)
    {
        tally.IsTwin = true;
        tally.Add(Severity.Warning, $"the file has the same content as '{first}' and is not counted again");
    }
}
