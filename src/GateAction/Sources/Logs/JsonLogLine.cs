using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GateAction.Sources.Logs;

/// <summary>Reads severity, time and message from the first level of a line of JSON, under the names that the usual loggers give them.</summary>
internal static class JsonLogLine
{
    private static readonly string[] SeverityNames = ["severity", "level", "lvl", "loglevel", "log_level", "log.level", "levelname", "severity_text", "severityText", "@l"];
    private static readonly string[] TimeNames = ["timestamp", "@timestamp", "time", "ts", "datetime", "asctime", "@t"];
    private static readonly string[] MessageNames = ["message", "msg", "textPayload", "log", "@m", "@mt"];

    /// <summary>False where the line is not a whole JSON object.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out LogLine line)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(text, bytes);
            line = Read(text, new Utf8JsonReader(bytes.AsSpan(0, length)));
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            line = default;
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static LogLine Read(ReadOnlySpan<char> text, Utf8JsonReader reader)
    {
        DateTimeOffset? time = null;
        LogSeverity? severity = null;
        string? message = null;
        var isCompact = false;
        Span<char> value = stackalloc char[64];
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isTime, isSeverity, isMessage) = (Is(ref reader, TimeNames), Is(ref reader, SeverityNames), Is(ref reader, MessageNames));
            isCompact |= reader.ValueTextEquals("@t");
            reader.Read();
            if (isMessage && reader is { TokenType: JsonTokenType.String, ValueIsEscaped: true })
                message = reader.GetString();
            else if (isTime)
                time ??= LogTime.FromField(value[..Copy(ref reader, value)]);
            else if (isSeverity)
                severity ??= LogSeverities.FromField(value[..Copy(ref reader, value)]);
            reader.Skip();
        }
        // Serilog's compact format leaves the level out where it is Information.
        return new LogLine(time, severity ?? (isCompact ? LogSeverity.Info : null), text, message);
    }

    private static bool Is(scoped ref Utf8JsonReader reader, string[] names)
    {
        if (reader.ValueSpan.Length > 16)
            return false;
        foreach (var name in names)
        {
            if (Ascii.EqualsIgnoreCase(reader.ValueSpan, name))
                return true;
        }
        return false;
    }

    private static int Copy(scoped ref Utf8JsonReader reader, scoped Span<char> buffer)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number) || reader.ValueSpan.Length > buffer.Length)
            return 0;
        return reader.TokenType == JsonTokenType.String ? reader.CopyString(buffer) : Encoding.UTF8.GetChars(reader.ValueSpan, buffer);
    }
}
