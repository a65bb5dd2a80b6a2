using System.Globalization;
using GateAction.Cel.Values;

namespace GateAction.Sources.Logs;

/// <summary>Reads the words and numbers that loggers write for a severity.</summary>
internal static class LogSeverities
{
    /// <summary>The names of the facts, in order.</summary>
    public static IReadOnlyList<string> FactNames => EnumWords.All<LogSeverity>();

    /// <summary>Null where it is no word for a severity.</summary>
    public static LogSeverity? FromWord(ReadOnlySpan<char> word) => Vocabulary.Lookup.TryGetValue(word, out var severity) ? severity : null;

    /// <summary>
    /// The value of a field that holds nothing but a severity: a word, a word and a distance from it (slog's <c>ERROR+2</c>), a word of
    /// OpenTelemetry with its step (<c>ERROR3</c>), or the first letter of a word.
    /// </summary>
    public static LogSeverity? FromField(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        if (FromWord(value) is { } severity)
            return severity;
        if (value.Length == 1)
            return FromLetter(char.ToUpperInvariant(value[0]));
        if (value.IndexOfAny('+', '-') is > 0 and var sign && SlogLevel(value[..sign]) is { } level
            && int.TryParse(value[sign..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var distance))
            return FromSlog(level + distance);
        // OpenTelemetry's steps, and PostgreSQL's DEBUG5.
        return value is [.., >= '1' and <= '5'] ? FromWord(value[..^1]) : null;
    }

    /// <summary>The first letter of a word, as glog, logcat and MongoDB write it.</summary>
    public static LogSeverity? FromLetter(char letter) => letter switch
    {
        'T' or 'V' or 'D' => LogSeverity.Debug,
        'I' => LogSeverity.Info,
        'N' => LogSeverity.Notice,
        'W' => LogSeverity.Warning,
        'E' => LogSeverity.Error,
        'C' or 'F' => LogSeverity.Critical,
        'A' => LogSeverity.Alert,
        _ => null,
    };

    /// <summary>Syslog's (RFC 5424, 6.2.1), also as the priority modulo 8.</summary>
    public static LogSeverity? FromSyslog(int number) => number switch
    {
        0 => LogSeverity.Emergency,
        1 => LogSeverity.Alert,
        2 => LogSeverity.Critical,
        3 => LogSeverity.Error,
        4 => LogSeverity.Warning,
        5 => LogSeverity.Notice,
        6 => LogSeverity.Info,
        7 => LogSeverity.Debug,
        _ => null,
    };

    /// <summary>A number in a field called <c>severity</c>: Cloud Logging's (100 to 800), syslog's (0 to 7), or OpenTelemetry's (9 to
    /// 24).</summary>
    public static LogSeverity? FromSeverityNumber(int number) => number switch
    {
        >= 100 and <= 899 => (LogSeverity)(number / 100),
        >= 8 and <= 24 => FromOpenTelemetry(number),
        _ => FromSyslog(number),
    };

    public static LogSeverity? FromOpenTelemetry(int number) => number switch
    {
        >= 1 and <= 8 => LogSeverity.Debug,
        <= 12 and > 0 => LogSeverity.Info,
        <= 16 and > 0 => LogSeverity.Warning,
        <= 20 and > 0 => LogSeverity.Error,
        <= 24 and > 0 => LogSeverity.Critical,
        _ => null,
    };

    /// <summary>Python's <c>levelno</c>, steps of its own rounded down.</summary>
    public static LogSeverity? FromPython(int number) => number switch
    {
        >= 50 => LogSeverity.Critical,
        >= 40 => LogSeverity.Error,
        >= 30 => LogSeverity.Warning,
        >= 20 => LogSeverity.Info,
        >= 1 => LogSeverity.Debug,
        _ => null,
    };

    /// <summary>
    /// A number in a field called <c>level</c>: slog's (-8 to 12), Node's (bunyan and pino, 10 to 60) or Monolog's (100 to 600). Those of
    /// slog that are syslog's too are taken where both mean the same.
    /// </summary>
    public static LogSeverity? FromLevelNumber(int number) => number switch
    {
        -8 or -4 => LogSeverity.Debug,
        0 or 4 or 8 or 12 => FromSlog(number),
        >= 10 and < 30 => LogSeverity.Debug,
        >= 30 and < 40 => LogSeverity.Info,
        >= 40 and < 50 => LogSeverity.Warning,
        >= 50 and < 60 => LogSeverity.Error,
        >= 60 and < 100 => LogSeverity.Critical,
        >= 100 and < 200 => LogSeverity.Debug,
        >= 200 and < 250 => LogSeverity.Info,
        >= 250 and < 300 => LogSeverity.Notice,
        >= 300 and < 400 => LogSeverity.Warning,
        >= 400 and < 500 => LogSeverity.Error,
        >= 500 and < 550 => LogSeverity.Critical,
        >= 550 and < 600 => LogSeverity.Alert,
        600 => LogSeverity.Emergency,
        // logstash-logback-encoder's level_value: 5000 (trace) to 40000 (error).
        5000 or 10000 => LogSeverity.Debug,
        20000 => LogSeverity.Info,
        30000 => LogSeverity.Warning,
        40000 => LogSeverity.Error,
        _ => null,
    };

    /// <summary>.NET's LogLevel as a number.</summary>
    public static LogSeverity? FromDotNet(int number) => number switch
    {
        0 or 1 => LogSeverity.Debug,
        2 => LogSeverity.Info,
        3 => LogSeverity.Warning,
        4 => LogSeverity.Error,
        5 => LogSeverity.Critical,
        _ => FromLevelNumber(number),
    };

    private static LogSeverity FromSlog(int number) => number switch
    {
        < 0 => LogSeverity.Debug,
        < 2 => LogSeverity.Info,
        < 4 => LogSeverity.Notice,
        < 8 => LogSeverity.Warning,
        < 12 => LogSeverity.Error,
        _ => LogSeverity.Critical,
    };

    private static int? SlogLevel(ReadOnlySpan<char> word) => FromWord(word) switch
    {
        LogSeverity.Debug => -4,
        LogSeverity.Info => 0,
        LogSeverity.Warning => 4,
        LogSeverity.Error => 8,
        _ => null,
    };

    // Apart, because a manifest without logs is read too and start-up counts.
    private static class Vocabulary
    {
        private static readonly (LogSeverity Severity, string Words)[] Table =
        [
            (LogSeverity.Default, "default notset"),
            (LogSeverity.Debug, "trace trce trc trac verbose vrb debug debu dbug dbg fine finer finest silly"),
            (LogSeverity.Info, "info information informational inf config success http log"),
            (LogSeverity.Notice, "notice"),
            (LogSeverity.Warning, "warn warning wrn wrng"),
            (LogSeverity.Error, "err error erro eror fail failure severe exception"),
            (LogSeverity.Critical, "crit critical fatal fata ftl dpanic"),
            (LogSeverity.Alert, "alert"),
            (LogSeverity.Emergency, "panic pani emerg emergency"),
        ];

        private static readonly Dictionary<string, LogSeverity> Words = Table
            .SelectMany(row => row.Words.Split(' ').Select(word => (word, row.Severity)))
            .ToDictionary(entry => entry.word, entry => entry.Severity, StringComparer.OrdinalIgnoreCase);

        public static readonly Dictionary<string, LogSeverity>.AlternateLookup<ReadOnlySpan<char>> Lookup =
            Words.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
