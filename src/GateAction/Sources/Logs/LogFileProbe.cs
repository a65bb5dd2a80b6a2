using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Sources.Files;
using GateAction.Syntax;

namespace GateAction.Sources.Logs;

/// <summary>Counts the lines of log files, which are read as streams: memory does not grow with them.</summary>
internal sealed record LogFileProbe(IReadOnlyList<string> Patterns, LogMoment? Since, TimeSpan ClockTolerance, LogRules Rules,
    ProbeOptions Options)
    : Probe(Options)
{
    private const int ShownFiles = 20;

    private static readonly Facts<(LogRead Log, int Files)> Facts = new Facts<(LogRead Log, int Files)>()
        .Include(LogRead.Facts, read => read.Log)
        .Int("files", "how many files were read", read => read.Files);

    public static readonly SourceKind LogFile = SourceKind.OfProbe(
        "log-file",
        "Counts the lines of log files, text or JSON, by severity, pattern and known issue.",
        Read,
        Facts,
        LogRead.ReadContent);

    public override SourceKind Kind => LogFile;

    public static LogFileProbe Read(Fields fields) => new(
        fields.Required("log-file", FilePatterns.Syntax, "the files, from the workspace; a pattern after '!' excludes"),
        LogFields.Since(fields),
        LogFields.ClockTolerance(fields),
        LogFields.Rules(fields),
        ProbeOptions.Read(fields, LogFile, TimeSpan.FromMinutes(1)));

    public override string SubjectIn(ProbeContext context) => string.Join(", ", Patterns);

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(Options.Timeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await Task.Run(() => Read(context, either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NoEvidenceException(
                $"the log could not be read to its end within {UnitText.Duration(Options.Timeout)}; raise 'timeout'");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NoEvidenceException($"the log could not be read: {exception.Message}", exception);
        }
    }

    private ProbeResult Read(ProbeContext context, CancellationToken cancellation)
    {
        var since = Since?.In(context) - ClockTolerance;
        var files = Find(context.Shell.Directory);
        var tally = new LogTally(Rules, DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime));
        var (until, cut) = ((DateTimeOffset?)null, 0);
        var relative = FileSearch.Find(context.Shell.Directory, [.. Patterns.Where(pattern => !Path.IsPathRooted(pattern))]).ToHashSet();
        foreach (var file in files)
        {
            var window = new LogWindow(Path.GetRelativePath(context.Shell.Directory, file), since, context.Time.GetUtcNow(), tally);
            try
            {
                cut += Read(file, relative.Contains(file) ? context.Shell.Directory : null, window, cancellation);
            }
            catch (InvalidDataException exception)
            {
                throw new NoEvidenceException($"'{Path.GetFileName(file)}' is gzip that is damaged or breaks off", exception);
            }
            window.Finish();
            until = until is null || window.Until > until ? window.Until : until;
        }
        var truncation = cut == 0
            ? null
            : $"{(cut == 1 ? "one line is" : $"{cut} lines are")} longer than {LineReader.MaxLength / 1024} KiB and could be read in part "
            + "only";
        var read = new LogRead(tally, since, until, truncation);
        var result = tally.ToResult(read, Facts, (read, files.Count));
        return result with
        {
            Details =
            [.. files.Take(ShownFiles).Select(file => $"read {Path.GetRelativePath(context.Shell.Directory, file)}"), .. result.Details]
        };
    }

    private IReadOnlyList<string> Find(string directory)
    {
        string[] excludes = [.. Patterns.Where(pattern => pattern.StartsWith('!'))];
        foreach (var pattern in Patterns.Except(excludes))
        {
            var found = FileSearch.Search(directory, [pattern, .. excludes]);
            if (found.Unread.Count > 0)
                throw new NoEvidenceException(found.Unread[0]);
            if (found.Files.Count == 0)
                throw new NoEvidenceException($"no file fits '{pattern}' in '{directory}'");
            if (!Path.IsPathRooted(pattern))
                _ = found.Files.Select(file => WorkspacePath.Resolve(directory, Path.GetRelativePath(directory, file))).Count();
        }
        return FileSearch.Find(directory, Patterns);
    }

    private static int Read(string file, string? within, LogWindow window, CancellationToken cancellation)
    {
        using var stream = RegularFile.OpenRead(file, within);
        using var text = LogText.Open(stream);
        var (reader, parts) = (new LineReader(text), new PartialLines());
        for (var lines = 0; reader.TryRead(out var line); lines++)
        {
            if (lines % 1024 == 0)
                cancellation.ThrowIfCancellationRequested();
            if (line.Contains('\0') || (lines == 0 && LogText.IsPacked(line))
                || (reader.FollowsHole && line is [< ' ' and not ('\t' or '\u001b'), ..]))
                throw new NoEvidenceException(
                    $"'{Path.GetFileName(file)}' is no text (UTF-8, UTF-16, or gzip of it); if it is packed in another way, unpack it "
                    + "first");
            if (parts.TryJoin(ref line) && !line.IsWhiteSpace())
                window.Add(line);
        }
        foreach (var rest in parts.Rest())
            window.Add(rest);
        // A log that was emptied while it was read (copytruncate) had lines that nobody has seen.
        if (stream.Length < stream.Position)
            throw new NoEvidenceException($"'{Path.GetFileName(file)}' was cut short while it was read; it is rotated: read it again");
        return reader.Cut + parts.Cut;
    }
}
