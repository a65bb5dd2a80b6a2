using System.Text.Json;
using GateAction.Sources.Logs;

namespace GateAction.Sources.Google;

/// <summary>An entry of Cloud Logging (LogEntry of its API v2).</summary>
/// <param name="Severity">What the entry says, else what its text says; null where neither does.</param>
/// <param name="Line">One line for people: the message, or the request of an entry that has none.</param>
/// <param name="Payload">What patterns are looked for in besides the line: the payload as it came.</param>
internal sealed record LogEntry(DateTimeOffset? At, LogSeverity? Severity, string Line, string Payload)
{
    private static readonly string[] MessageFields = ["message", "msg", "textPayload", "event"];

    public static LogEntry Parse(JsonElement entry)
    {
        var text = entry.TextAt("textPayload");
        var payload = entry.At("jsonPayload") ?? entry.At("protoPayload");
        var message = text ?? (payload is { } json ? MessageOf(json) : null) ?? RequestOf(entry) ?? payload?.GetRawText() ?? "";
        return new(entry.TimeAt("timestamp") ?? entry.TimeAt("receiveTimestamp"), SeverityOf(entry, text), message.ReplaceLineEndings(" "),
            text ?? payload?.GetRawText() ?? "");
    }

    private static string? MessageOf(JsonElement payload)
    {
        foreach (var field in MessageFields)
        {
            if (payload.TextAt(field) is { Length: > 0 } message)
                return message;
        }
        return payload.TextAt("status", "message") ?? payload.TextAt("methodName");
    }

    private static string? RequestOf(JsonElement entry) => entry.At("httpRequest") is { } request
        ? $"{request.TextAt("requestMethod")} {request.TextAt("requestUrl")} {request.IntAt("status")} {request.TextAt("latency")}".Trim()
        : null;

    // What a program writes as plain text arrives without a severity; then the text tells, as in a log file.
    private static LogSeverity? SeverityOf(JsonElement entry, string? text) =>
        LogSeverities.FromWord(entry.TextAt("severity") ?? "") is { } severity and not LogSeverity.Default ? severity
        : (text ?? entry.At("jsonPayload")?.GetRawText()) is { } written ? LogLine.Parse(written, DateTimeOffset.UnixEpoch).Severity
        : null;
}
