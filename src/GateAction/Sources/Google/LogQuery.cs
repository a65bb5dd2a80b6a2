using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GateAction.Cel.Values;
using GateAction.Sources.Logs;

namespace GateAction.Sources.Google;

/// <summary>Reads the entries of a window of time, page after page (<c>entries.list</c>), oldest first.</summary>
internal sealed class LogQuery(CloudLoggingProbe probe, ProbeContext context)
{
    private const int PageSize = 1000;
    private const int MaxEmptyPages = 100;
    private static readonly GoogleSource Api =
        new("Cloud Logging", "logging.googleapis.com", "LOGGING", "logging.read", "roles/logging.viewer");

    /// <summary>True if there are more entries than the probe may read.</summary>
    public bool IsCut { get; private set; }

    /// <param name="from">The first moment of the window.</param>
    /// <param name="until">The first moment after it.</param>
    public async Task ReadAsync(DateTimeOffset from, DateTimeOffset until, Action<LogEntry> onEntry, CancellationToken cancellation)
    {
        var body = Request(from, until);
        var (read, empty, token) = (0, 0, "");
        do
        {
            using var page = await Api.AskAsync(context, probe.Options, "v2/entries:list", body, "'project' and 'filter'", cancellation);
            var entries = EntriesOf(page.RootElement);
            foreach (var entry in entries.Take(probe.MaxEntries - read))
                onEntry(LogEntry.Parse(entry));
            var next = page.RootElement.TextAt("nextPageToken") ?? "";
            read += entries.Length;
            empty = entries.Length == 0 ? empty + 1 : 0;
            IsCut = read > probe.MaxEntries || (read == probe.MaxEntries && next.Length > 0);
            // Google may answer empty pages while it searches; the same token again means that it makes no way.
            if (next.Length > 0 && (next == token || empty > MaxEmptyPages))
                throw new NoEvidenceException("Cloud Logging does not come to the end of its pages; narrow 'filter' or 'since'");
            body["pageToken"] = token = next;
            context.Report($"read {read} entries");
        }
        while (token.Length > 0 && !IsCut);
    }

    private static JsonElement[] EntriesOf(JsonElement page) => page.At("entries") switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        // A page without entries leaves the field out (JSON of proto3); what has other fields is no page.
        null when page.EnumerateObject().All(field => field.Name == "nextPageToken") => [],
        _ => throw new NoEvidenceException("Cloud Logging gave an answer that is no page of its API"),
    };

    private JsonObject Request(DateTimeOffset from, DateTimeOffset until)
    {
        var window = $"timestamp>=\"{Format(from)}\" AND timestamp<\"{Format(until)}\"";
        var filter = probe.Filter is null ? "" : context.Expand(probe.Filter).Trim();
        return new()
        {
            ["resourceNames"] = new JsonArray($"projects/{context.Expand(probe.Project)}"),
            // The line break ends a comment ('--') at the end of the user's filter, which would else swallow the window.
            ["filter"] = filter.Length == 0 ? window : $"({filter}\n) AND {window}",
            ["orderBy"] = "timestamp asc",
            // One more than is wanted tells whether there are more, without another request.
            ["pageSize"] = Math.Min(PageSize, probe.MaxEntries + 1),
        };
    }

    private static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>An entry of Cloud Logging (LogEntry of its API v2).</summary>
/// <param name="Severity">What the entry says, else what its text says; null if neither does.</param>
/// <param name="Line">One line for people: the message, or the request of an entry that has none.</param>
/// <param name="Payload">What patterns are looked for in besides the line: the payload as it came.</param>
/// <param name="UnknownSeverity">What the payload has for a severity and is no known one.</param>
internal sealed record LogEntry(DateTimeOffset? At, LogSeverity? Severity, string? UnknownSeverity, string Line, string Payload)
{
    private static readonly string[] MessageFields = ["message", "msg", "textPayload", "event"];

    public static LogEntry Parse(JsonElement entry)
    {
        var text = entry.TextAt("textPayload");
        var payload = entry.At("jsonPayload") ?? entry.At("protoPayload");
        var message = text ?? (payload is { } json ? MessageOf(json) : null) ?? RequestOf(entry) ?? payload?.GetRawText() ?? "";
        var (severity, unknown) = SeverityOf(entry, text);
        // An entry that gives no time has that at which it arrived.
        return new(entry.TimeAt("timestamp") ?? entry.TimeAt("receiveTimestamp"), severity, unknown, message.ReplaceLineEndings(" "),
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
    private static (LogSeverity? Severity, string? Unknown) SeverityOf(JsonElement entry, string? text)
    {
        // DEFAULT is Google's word for an entry without a severity.
        if (LogSeverities.FromWord(entry.TextAt("severity") ?? "") is { } severity and not LogSeverity.Default)
            return (severity, null);
        if ((text ?? entry.At("jsonPayload")?.GetRawText()) is not { } written)
            return default;
        var line = LogLine.Parse(written, DateTimeOffset.UnixEpoch);
        return (TraceLines.OfRecord(line), line.UnknownSeverity);
    }
}
