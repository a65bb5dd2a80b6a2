namespace GateAction.Sources.Logs;

/// <summary>One line of a log, taken apart.</summary>
/// <param name="time">Null where the line does not say.</param>
/// <param name="severity">Null where the line does not say.</param>
/// <param name="message">The message inside a line of JSON, where it reads otherwise there than it is written (escapes); else empty.</param>
internal readonly ref struct LogLine(DateTimeOffset? time, LogSeverity? severity, ReadOnlySpan<char> text, ReadOnlySpan<char> message)
{
    public DateTimeOffset? Time { get; } = time;

    public LogSeverity? Severity { get; } = severity;

    public ReadOnlySpan<char> Text { get; } = text;

    public ReadOnlySpan<char> Message { get; } = message;

    public static LogLine Parse(ReadOnlySpan<char> text)
    {
        var content = text.TrimStart();
        return content is ['{', ..] && JsonLogLine.TryParse(text, out var line)
            ? line
            : new LogLine(LogTime.AtStartOf(content), TextSeverity.Find(content), text, default);
    }
}
