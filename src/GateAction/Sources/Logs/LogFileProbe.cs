using GateAction.Cel.Patterns;
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
            var window = new LogWindow(since, context.Time.GetUtcNow(), tally);
            cut += Read(file, relative.Contains(file) ? context.Shell.Directory : null, window, cancellation);
            window.Finish(Path.GetRelativePath(context.Shell.Directory, file));
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
        using var text = new StreamReader(stream, bufferSize: 64 * 1024);
        var reader = new LineReader(text);
        for (var lines = 0; reader.TryRead(out var line); lines++)
        {
            if (lines % 1024 == 0)
                cancellation.ThrowIfCancellationRequested();
            if (lines == 0 && line.Contains('\0'))
                throw new NoEvidenceException($"'{Path.GetFileName(file)}' is no text; where it is compressed, unpack it first");
            if (!line.IsWhiteSpace())
                window.Add(line);
        }
        return reader.Cut;
    }
}

/// <summary>The fields that every kind of log has.</summary>
internal static class LogFields
{
    private static readonly Syntax<LogPattern> Pattern = Syntaxes.Text.Unless(LogPattern.ObjectionTo).Select(LogPattern.Compile);

    private static readonly MappingSyntax<KnownIssue> Known = Mapping.Of("known issue", fields => new KnownIssue(
        fields.Required("pattern", Pattern,
        "a regular expression (RE2); the lines it fits are tolerated and counted apart"),
        fields.Required("reason", Syntaxes.Text, "why they are tolerated: a ticket or a sentence"),
        fields.Required("expires", Syntaxes.Date,
        "the last day (UTC) on which they are; from the next day on they count like any other line")));

    public static LogRules Rules(Fields fields) => new(
        [
            .. fields.Optional("count", Syntaxes.MapOf(Syntaxes.Text, Pattern), [],
                "regular expressions (RE2) by name; the fact 'counts' holds how many lines each fits")
                .Select(entry => new NamedPattern(entry.Key, entry.Value)),
        ],
        fields.Optional("known", Syntaxes.ListOf(Known), [],
        "issues that are tolerated for a time; their lines count in 'known' and in 'total' alone"),
        fields.Optional("min-lines", Syntaxes.Int(), 1, "with fewer lines the log is inconclusive: an empty log proves nothing"));

    public static TimeSpan ClockTolerance(Fields fields) => fields.Optional(
        "clock-tolerance", Syntaxes.Duration, TimeSpan.Zero,
        "reads lines that are older than `since` by up to this, because the clocks of two machines differ");

    public static LogMoment? Since(Fields fields) => fields.Optional(
        "since", LogMoment.Syntax,
        "reads the lines from then on: a fact such as service.deployed_at, a timestamp, or a duration before now such as 30m");
}

/// <summary>What a manifest looks for in a log.</summary>
/// <param name="MinLines">With fewer lines the log proves nothing.</param>
internal sealed record LogRules(IReadOnlyList<NamedPattern> Count, IReadOnlyList<KnownIssue> Known, int MinLines);

/// <summary>A pattern whose lines are counted under a name.</summary>
internal sealed record NamedPattern(string Name, LogPattern Pattern);

/// <summary>Lines that are tolerated, and counted apart, up to and including the day <paramref name="Expires"/> (UTC).</summary>
internal sealed record KnownIssue(LogPattern Pattern, string Reason, DateOnly Expires);

/// <summary>A pattern of RE2, as conditions know it too; it runs in time linear in the line.</summary>
internal sealed class LogPattern
{
    private readonly PatternProgram _program;

    private LogPattern(string text) => (Text, _program) = (text, PatternProgram.Parse(text));

    public string Text { get; }

    public static LogPattern Compile(string pattern) => new(pattern);

    /// <summary>What is wrong with a pattern; null where nothing is.</summary>
    public static string? ObjectionTo(string pattern)
    {
        try
        {
            return Compile(pattern).IsIn("")
                ? $"pattern '{pattern}' also fits an empty line, so it fits every line; write what a line must hold"
                : null;
        }
        catch (FormatException exception)
        {
            return $"pattern '{pattern}': {exception.Message}";
        }
    }

    public bool IsIn(string text) => NewSearch().IsIn(text);

    /// <summary>For many lines, one after the other.</summary>
    public PatternProgram.Search NewSearch() => _program.NewSearch();
}
