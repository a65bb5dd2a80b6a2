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
    private LogSeverity? _status;
    private (SeverityScale Scale, int Number)? _number;
    private bool _isCompact;
    private bool _isGelf;
    private bool _isKlog;
    private bool _isKlogError;
    private bool _isJournal;
    private string? _unknown;
    private readonly DateTimeOffset _now;

    private JsonLogLine(DateTimeOffset now) => _now = now;

    /// <summary>The message of the line; null where it has none.</summary>
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
            // Writers that share a file may put several objects on one line.
            var rest = json;
            do
            {
                var reader = new Utf8JsonReader(rest, isFinalBlock: true, new JsonReaderState(new() { AllowMultipleValues = true }));
                reader.Read();
                var end = reader;
                end.Skip();
                found.ReadFields(reader, 0);
                rest = rest[(int)end.BytesConsumed..].TrimStart(" \t"u8);
            }
            while (rest is [(byte)'{', ..]);
            line = found.ToLine(text, depth);
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

    private LogLine ToLine(ReadOnlySpan<char> text, int depth)
    {
        var severity = _word is not (null or LogSeverity.Default) ? _word : _number is { } number
            ? LogFieldNames.Read(number.Scale, number.Number, _isGelf) ?? _word
            : _word;
        // Serilog's compact format leaves the level out where it is Information; Kubernetes' JSON has a verbosity or an error instead.
        var isStatus = severity is null && _unknown is null && !_isCompact && !_isKlog && !_isKlogError && _status is not null;
        severity ??= isStatus ? _status : _isCompact ? LogSeverity.Info : _isKlogError ? LogSeverity.Error : _isKlog
            ? LogSeverity.Info
            : null;
        var line = new LogLine
        {
            Time = _time,
            // Times of JSON say their zone or count from 1970; the few that do not are written beside such a line's own.
            HasZone = _time is not null,
            Severity = severity,
            UnknownSeverity = severity is null ? _unknown : null,
            Text = text,
            Content = (Message ?? "").AsSpan().TrimEnd("\r\n"),
            IsWhole = true,
        };
        // What a container or a unit of systemd wrote is a line of its own.
        if ((severity is null or LogSeverity.Default && _unknown is null || _isJournal || isStatus) && depth < MaxDepth
            && !line.Content.IsEmpty)
        {
            var inner = LogLine.Parse(line.Content, _now, depth + 1) with { Text = text };
            return inner.Within(_time, hasZone: true, _isJournal ? severity : null) with
            {
                Severity = inner.Severity >= severity ? inner.Severity : severity ?? inner.Severity,
                UnknownSeverity = inner.Severity is null ? line.UnknownSeverity ?? inner.UnknownSeverity : null,
            };
        }
        return line;
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
            var isStatus = name.SequenceEqual("status"u8);
            var isRecord = IsRecord(name, level);
            reader.Read();
            if (isMessage && reader.TokenType is JsonTokenType.String)
                Message ??= reader.GetString();
            if (isTime)
                ReadTime(ref reader, value);
            else if (isStatus && reader.TokenType is JsonTokenType.String)
                ReadStatus(value[..Copy(ref reader, value)]);
            else if (scale is { } known && reader.TokenType is JsonTokenType.StartObject)
                ReadNamed(reader, known);
            else if (scale is { } of)
                ReadSeverity(of, value[..Copy(ref reader, value)]);
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
        _isJournal |= name.SequenceEqual("PRIORITY"u8);
    }

    // {"level": {"name": "ERROR", "no": 40}}.
    private void ReadNamed(Utf8JsonReader reader, SeverityScale scale)
    {
        Span<char> value = stackalloc char[64];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = LogFieldNames.IsOneOf(reader.ValueSpan, LogFieldNames.SeverityNames);
            reader.Read();
            if (isName && reader.TokenType is JsonTokenType.String)
                ReadSeverity(scale, value[..Copy(ref reader, value)]);
            reader.Skip();
        }
    }

    // ECS writes {"log":{"level":…}}, Docker {"log":"…"}; OpenTelemetry's exporter whole batches; Loguru {"record":{…}}.
    private static bool IsRecord(ReadOnlySpan<byte> name, int level) =>
        level < 8 && (name.SequenceEqual("log"u8) || name.SequenceEqual("jsonPayload"u8) || name.SequenceEqual("resourceLogs"u8)
        || name.SequenceEqual("scopeLogs"u8) || name.SequenceEqual("record"u8)
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

    // Datadog's word for a severity. Of others' it is how something ended, which no other field of such a line says better.
    private void ReadStatus(ReadOnlySpan<char> value)
    {
        if (LogSeverities.FromWord(value) is not (null or LogSeverity.Default) and var severity && value is not "success")
            _status ??= severity;
    }

    private void ReadSeverity(SeverityScale scale, ReadOnlySpan<char> value)
    {
        if (value.IsWhiteSpace())
            return;
        // OpenTelemetry's JSON may name its number.
        if (scale is SeverityScale.OpenTelemetry && value.StartsWith("SEVERITY_NUMBER_"))
            value = value["SEVERITY_NUMBER_".Length..];
        if (double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number) && number == Math.Floor(number) && Math.Abs(number) < int.MaxValue)
        {
            // Of several records on one line the gravest counts.
            if (_number is not { } known || (known.Scale == scale && number > known.Number))
                _number = (scale, (int)number);
            if (scale is not (SeverityScale.Words or SeverityScale.OpenTelemetry))
                _unknown ??= value.ToString();
        }
        else if (LogSeverities.FromField(value) is { } severity)
        {
            _word = _word is null || severity > _word ? severity : _word;
        }
        else if (scale is not SeverityScale.Words)
        {
            _unknown ??= value.ToString();
        }
    }

    private static int Copy(scoped ref Utf8JsonReader reader, scoped Span<char> buffer)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number) || reader.ValueSpan.Length > buffer.Length)
            return 0;
        return reader.TokenType == JsonTokenType.String ? reader.CopyString(buffer) : Encoding.UTF8.GetChars(reader.ValueSpan, buffer);
    }
}
