using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Logs;

/// <summary>What the facts of every kind of log are made of.</summary>
/// <param name="Since">Where the part that was read begins; null for the whole log.</param>
/// <param name="Until">The time of the last line; null where no line carries one.</param>
/// <param name="Truncation">Why only a part was read; null where all was.</param>
internal sealed record LogRead(LogTally Tally, DateTimeOffset? Since, DateTimeOffset? Until, string? Truncation)
{
    private static readonly Facts<LogContent> Shown = LogContent.FactsOf(
        $"the first {LogTally.KeptLines} lines of severity warning or above (where there is none, the first lines), each cut at "
        + $"{LogTally.KeptCharacters} characters",
        "the line");

    public static readonly Facts<LogRead> Facts = new Facts<LogRead>()
        .Int("total", "lines, those of known issues too", log => log.Tally.Total).AsFigure(isLast: true)
        .Object("severity", BySeverity(), log => log.Tally.Severities)
        .Map(
            "counts",
            "lines that fit a pattern of 'count', by its name, without those of known issues",
            FactType.Int("lines"),
            log => log.Tally.Counts.Select(pattern => (pattern.Name, Value.Int(pattern.Count))))
        .CountedFrom("matches")
        .Map(
            "matches",
            $"the first {LogTally.KeptMatches} lines that fit a pattern of 'count', by its name",
            FactType.List("lines", FactType.String($"the line, cut at {LogTally.KeptCharacters} characters")),
            log => log.Tally.Counts.Select(pattern => (pattern.Name, Value.List(pattern.Lines))))
        .Int("known", "lines of known issues that have not expired", log => log.Tally.Known).AsFigure()
        .Texts(
            "expired",
            "reasons of the known issues that have expired and count like any other line",
            "the reason",
            log => log.Tally.Expired)
        .Include(Shown, log => log.Content)
        .Bool("truncated", "true where only a part of the log was read: then nothing that holds over it counts", log =>
        log.Truncation is not null)
        .Int("before", "lines that are older than `since`; they count nowhere else", log => log.Tally.Before)
        .Int("untimed", "lines without a time that can be read; each goes with the one before it", log => log.Tally.Untimed)
        .Timestamp("since", "where the part that was read begins; missing where 'since' is not given", log => log.Since)
        .Timestamp("until", "where it ends: the time of the last line; missing where no line carries one", log => log.Until);

    public LogContent Content => new(Tally.Shown);

    public static Content ReadContent(Value facts) => Shown.Read(facts);

    private static Facts<long[]> BySeverity()
    {
        var facts = new Facts<long[]>(
            "lines by severity without those of known issues; missing where no line of the log, or of one of its files, says its severity");
        foreach (var severity in Enum.GetValues<LogSeverity>())
        {
            var name = LogSeverities.FactNames[(int)severity];
            facts.Int(name, severity == LogSeverity.Default ? "lines that do not say" : $"lines of severity {name}", lines =>
                lines[(int)severity]);
            if (severity >= LogSeverity.Error)
                facts.AsFigure(severity == LogSeverity.Error ? "errors" : name, hidesZero: severity > LogSeverity.Error);
        }
        return facts;
    }
}
