using GateAction.Cel.Values;

namespace GateAction.Sources.Logs;

/// <summary>The facts that every kind of log has.</summary>
internal static class LogFacts
{
    public static FactType Type { get; } = FactType.Object(
        "what a log holds",
        ("total", FactType.Int("lines, those of known issues too")),
        ("severity", FactType.Object(
            "lines by severity without those of known issues; missing where no line of the log, or of one of its files, says its severity",
            [.. LogSeverities.FactNames.Select(name =>
            (name, FactType.Int(name == "default" ? "lines that do not say" : $"lines of severity {name}")))])),
        ("counts", FactType.Map("lines that fit a pattern of 'count', by its name, without those of known issues", FactType.Int("lines"))),
        ("matches", FactType.Map(
            $"the first {LogTally.KeptMatches} lines that fit a pattern of 'count', by its name",
            FactType.List("lines", FactType.String($"the line, cut at {LogTally.KeptCharacters} characters")))),
        ("known", FactType.Int("lines of known issues that have not expired")),
        ("expired", FactType.List("reasons of the known issues that have expired and count like any other line",
        FactType.String("the reason"))),
        ("lines", FactType.List(
            $"the first {LogTally.KeptLines} lines of severity warning or above (where there is none, the first lines), each cut at "
            + $"{LogTally.KeptCharacters} characters",
            FactType.String("the line"))),
        ("truncated", FactType.Bool("true where only a part of the log was read: then nothing that holds over it counts")),
        ("before", FactType.Int("lines that are older than `since`; they count nowhere else")),
        ("untimed", FactType.Int("lines without a time that can be read; each goes with the one before it")),
        ("since", FactType.Timestamp("where the part that was read begins; missing where 'since' is not given")),
        ("until", FactType.Timestamp("where it ends: the time of the last line; missing where no line carries one")));
}
