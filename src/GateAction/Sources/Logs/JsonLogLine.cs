using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GateAction.Sources.Logs;

/// <summary>Reads severity, time and message of a line of JSON, under the names that the usual loggers give them.</summary>
internal struct JsonLogLine
{
    private const int MaxDepth = 4;
    private DateTimeOffset? _time;
    private LogSeverity? _word;
    private (SeverityScale Scale, int Number)? _number;
    private bool _isCompact;
    private bool _isGelf;
    private bool _isKlog;
    private bool _isKlogError;
    private readonly DateTimeOffset _now;

    private JsonLogLine(DateTimeOffset now) => _now = now;

    /// <summary>The message of the line; null where it has none, or reads there as it is written.</summary>
    private string? Message { get; set; }

    /// <param name="text">The line as it is kept.</param>
    /// <param name="content">Where the object begins.</param>
    /// <param name="depth">How many lines of JSON it stands in.</param>
    /// <returns>False where it is not a whole JSON object.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, ReadOnlySpan<char> content, DateTimeOffset now, int depth, out LogLine line)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(content.Length));
        try
        {
            var json = bytes.AsSpan(0, Encoding.UTF8.GetBytes(content, bytes));
            var found = new JsonLogLine(now);
            var reader = new Utf8JsonReader(json);
            reader.Read();
            found.ReadFields(reader, 0);
            line = found.ToLine(text, json, depth);
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

    private LogLine ToLine(ReadOnlySpan<char> text, ReadOnlySpan<byte> json, int depth)
    {
        var severity = _word is not (null or LogSeverity.Default) ? _word : _number is { } number
            ? LogFieldNames.Read(number.Scale, number.Number, _isGelf) ?? _word
            : _word;
        // Serilog's compact format leaves the level out where it is Information; Kubernetes' JSON has a verbosity or an error instead.
        severity ??= _isCompact ? LogSeverity.Info : _isKlogError ? LogSeverity.Error : _isKlog ? LogSeverity.Info : null;
        var time = _time;
        // What a container wrote is a line of its own.
        if (severity is null && depth < MaxDepth && (Message ?? MessageIn(json)) is { Length: > 0 } message)
        {
            var inner = LogLine.Parse(message, _now, depth + 1);
            return new LogLine(inner.Time ?? time, inner.Severity, text, message.TrimEnd('\n'), isWhole: inner.IsWhole);
        }
        return new LogLine(time, severity, text, Message, isWhole: true);
    }

    /// <param name="reader">Stands where the object begins.</param>
    private void ReadFields(Utf8JsonReader reader, int level)
    {
        Span<char> value = stackalloc char[64];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            var (isTime, isMessage, scale) =
                (LogFieldNames.IsOneOf(name, LogFieldNames.Times), LogFieldNames.IsOneOf(name, LogFieldNames.Messages),
                LogFieldNames.ScaleOf(name));
            Notice(name);
            var isRecord = IsRecord(name, level);
            reader.Read();
            if (isMessage && reader is { TokenType: JsonTokenType.String, ValueIsEscaped: true })
                Message ??= reader.GetString();
            if (isTime)
                ReadTime(ref reader, value);
            else if (scale is { } known)
                ReadSeverity(known, value[..Copy(ref reader, value)]);
            else if (isRecord && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                ReadInner(reader, level);
            reader.Skip();
        }
    }

    private void Notice(ReadOnlySpan<byte> name)
    {
        _isCompact |= name.SequenceEqual("@t"u8);
        _isGelf |= name.SequenceEqual("short_message"u8);
        _isKlog |= name.SequenceEqual("v"u8);
        _isKlogError |= name.SequenceEqual("err"u8);
    }

    // ECS writes {"log":{"level":…}}, Docker {"log":"…"}; OpenTelemetry's exporter whole batches.
    private static bool IsRecord(ReadOnlySpan<byte> name, int level) =>
        level < 8 && (name.SequenceEqual("log"u8) || name.SequenceEqual("jsonPayload"u8) || name.SequenceEqual("resourceLogs"u8)
        || name.SequenceEqual("scopeLogs"u8)
            || name.SequenceEqual("logRecords"u8) || name.SequenceEqual("instant"u8));

    private void ReadInner(Utf8JsonReader reader, int level)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadFields(reader, level + 1);
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadFields(reader, level + 1);
            reader.Skip();
        }
    }

    private void ReadTime(scoped ref Utf8JsonReader reader, scoped Span<char> value)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            var inner = reader;
            while (inner.Read() && inner.TokenType == JsonTokenType.PropertyName)
            {
                inner.Read();
                _time ??= LogTime.FromField(value[..Copy(ref inner, value)], _now);
                inner.Skip();
            }
            return;
        }
        _time ??= LogTime.FromField(value[..Copy(ref reader, value)], _now);
    }

    private void ReadSeverity(SeverityScale scale, ReadOnlySpan<char> value)
    {
        if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            // Of several records on one line the gravest counts.
            if (_number is not { } known || (known.Scale == scale && number > known.Number))
                _number = (scale, number);
        }
        else if (LogSeverities.FromField(value) is { } severity && (_word is null || severity > _word))
        {
            _word = severity;
        }
    }

    private static string? MessageIn(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMessage = LogFieldNames.IsOneOf(reader.ValueSpan, LogFieldNames.Messages);
            reader.Read();
            if (isMessage && reader.TokenType == JsonTokenType.String)
                return reader.GetString();
            reader.Skip();
        }
        return null;
    }

    private static int Copy(scoped ref Utf8JsonReader reader, scoped Span<char> buffer)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number) || reader.ValueSpan.Length > buffer.Length)
            return 0;
        return reader.TokenType == JsonTokenType.String ? reader.CopyString(buffer) : Encoding.UTF8.GetChars(reader.ValueSpan, buffer);
    }
}
