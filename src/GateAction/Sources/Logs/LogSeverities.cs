using System.Globalization;

namespace GateAction.Sources.Logs;

/// <summary>Reads the words and numbers that loggers write for a severity.</summary>
internal static class LogSeverities
{
    private static readonly string[] Names = [.. Enum.GetNames<LogSeverity>().Select(name => name.ToLowerInvariant())];

    /// <summary>The names of the facts, in order.</summary>
    public static IReadOnlyList<string> FactNames => Names;

    /// <summary>Null where it is no word for a severity.</summary>
    public static LogSeverity? FromWord(ReadOnlySpan<char> word) => Vocabulary.Lookup.TryGetValue(word, out var severity) ? severity : null;

    /// <summary>
    /// The value of a JSON field <c>level</c> or <c>severity</c>: a word, or a number as Node's loggers (10 to 60) and Cloud Logging (100 to 800) write it.
    /// </summary>
    public static LogSeverity? FromField(ReadOnlySpan<char> value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? FromNumber(number) : FromWord(value);

    private static LogSeverity? FromNumber(int number) => number switch
    {
        >= 100 and <= 800 when number % 100 == 0 => (LogSeverity)(number / 100),
        10 or 20 => LogSeverity.Debug,
        30 => LogSeverity.Info,
        40 => LogSeverity.Warning,
        50 => LogSeverity.Error,
        60 => LogSeverity.Critical,
        _ => null,
    };

    // Apart, because a manifest without logs is read too and start-up counts.
    private static class Vocabulary
    {
        private static readonly Dictionary<string, LogSeverity> Words = new(StringComparer.OrdinalIgnoreCase)
        {
            ["default"] = LogSeverity.Default,
            ["trace"] = LogSeverity.Debug,
            ["trce"] = LogSeverity.Debug,
            ["verbose"] = LogSeverity.Debug,
            ["dbug"] = LogSeverity.Debug,
            ["debug"] = LogSeverity.Debug,
            ["info"] = LogSeverity.Info,
            ["information"] = LogSeverity.Info,
            ["notice"] = LogSeverity.Notice,
            ["warn"] = LogSeverity.Warning,
            ["warning"] = LogSeverity.Warning,
            ["err"] = LogSeverity.Error,
            ["error"] = LogSeverity.Error,
            ["fail"] = LogSeverity.Error,
            ["severe"] = LogSeverity.Error,
            ["crit"] = LogSeverity.Critical,
            ["critical"] = LogSeverity.Critical,
            ["fatal"] = LogSeverity.Critical,
            ["alert"] = LogSeverity.Alert,
            ["panic"] = LogSeverity.Emergency,
            ["emerg"] = LogSeverity.Emergency,
            ["emergency"] = LogSeverity.Emergency,
        };

        public static readonly Dictionary<string, LogSeverity>.AlternateLookup<ReadOnlySpan<char>> Lookup =
            Words.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
