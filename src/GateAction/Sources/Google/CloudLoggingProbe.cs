using GateAction.Cel.Values;
using GateAction.Sources.Logs;
using GateAction.Syntax;

namespace GateAction.Sources.Google;

/// <summary>Counts the entries of Cloud Logging in a window of time.</summary>
/// <param name="Since">Null reads the last hour.</param>
/// <param name="Until">Null reads up to when the probe began.</param>
/// <param name="Settle">Time after the window's end that entries may take to arrive.</param>
internal sealed record CloudLoggingProbe(
    Template Project,
    Template? Filter,
    LogMoment? Since,
    TimeSpan ClockTolerance,
    LogMoment? Until,
    TimeSpan Settle,
    int MaxEntries,
    LogRules Rules,
    ProbeOptions Options) : Probe(Options)
{
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(1);

    public static readonly SourceKind CloudLogging = SourceKind.OfProbe(
        "cloud-logging",
        "Counts the entries of Cloud Logging by severity, pattern and known issue.",
        Read,
        LogRead.Facts,
        LogRead.ReadContent);

    private static Syntax<(Template Project, Template? Filter)> Names { get; } = Mapping.Of("cloud log", fields => (
        fields.Required("project", Syntaxes.Template, "the id of the project"),
        fields.Optional("filter", Syntaxes.Template, "which entries, in the language of Cloud Logging; without it all of the project")));

    public override SourceKind Kind => CloudLogging;

    // Waiting for entries to arrive belongs to the measurement, not to each look while it is polled.
    public override bool IsSoak => Settle > TimeSpan.Zero;

    /// <summary>The window of time once it is fixed: its first moment and the first after it.</summary>
    private (DateTimeOffset Start, DateTimeOffset End)? Window { get; init; }

    public static CloudLoggingProbe Read(Fields fields)
    {
        var (project, filter) = fields.Required("cloud-logging", Names, "whose entries, and which");
        return new(
            project,
            filter,
            LogFields.Since(fields),
            LogFields.ClockTolerance(fields),
            fields.Optional("until", LogMoment.Syntax,
            "reads the entries before then, given as for 'since'; without it those before the probe began"),
            fields.Optional("settle", Syntaxes.Duration, TimeSpan.FromSeconds(30),
            "waits until this long after the window's end, because entries take time to arrive"),
            fields.Optional("max-entries", Syntaxes.Int(1, 1_000_000), 10_000,
            "reads no more entries than this; where there are more, nothing that holds over them counts"),
            LogFields.Rules(fields),
            ProbeOptions.Read(fields, CloudLogging));
    }

    public override string SubjectIn(ProbeContext context) =>
        $"{context.Expand(Project)}{(Filter is null ? "" : $": {context.Expand(Filter).ReplaceLineEndings(" ").Trim()}")}";

    public override async Task<ProbeResult> MeasureFullyAsync(ProbeContext context, CancellationToken cancellation)
    {
        var window = WindowIn(context);
        var rest = window.End + Settle - context.Time.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            context.Report($"waiting {UnitText.Duration(rest)} for entries to arrive");
            await Task.Delay(rest, context.Time, cancellation);
        }
        // The window is fixed before the first attempt, or each would read another one.
        return await Attempts.RunAsync(this with { Window = window }, context, cancellation);
    }

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        var (start, end) = Window ?? WindowIn(context);
        var tally = new LogTally(Rules, DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime));
        var query = new LogQuery(this, context);
        DateTimeOffset? last = null;
        await query.ReadAsync(start, end, Add, cancellation);
        var truncation = query.IsCut
            ? $"there are more than {MaxEntries} entries since {UnitText.Second(start)}, and only the first were read; "
            + "narrow 'filter' or raise 'max-entries'"
            : null;
        var read = new LogRead(tally, start, last, truncation);
        return tally.ToResult(read, LogRead.Facts, read);

        void Add(LogEntry entry)
        {
            var severity = entry.Severity ?? (entry.UnknownSeverity is { } unknown ? tally.MeaningOf(unknown, context.Name) : null);
            tally.Add(severity, entry.Line, entry.Payload);
            last = entry.At ?? last;
        }
    }

    private (DateTimeOffset Start, DateTimeOffset End) WindowIn(ProbeContext context)
    {
        var end = Until?.In(context) ?? context.Time.GetUtcNow();
        var start = (Since?.In(context) - ClockTolerance) ?? end - DefaultWindow;
        return start < end
            ? (start, end)
            : throw new NoEvidenceException(
            $"was not measured: 'since' ({UnitText.Second(start)}) is not before the end of the window "
            + $"({UnitText.Second(end)})");
    }
}
