using System.Text;

namespace GateAction.Sources.Logs;

/// <summary>What the numbers in a field mean.</summary>
internal enum SeverityScale
{
    Level,
    Severity,
    OpenTelemetry,
    Python,
    Syslog,
    DotNet,

    /// <summary>A word counts, a number is something else.</summary>
    Words,
}

/// <summary>The names under which loggers give severity, time and message.</summary>
internal static class LogFieldNames
{
    /// <summary>Longer names are none of these.</summary>
    public const int MaxLength = 24;

    public static readonly string[] Times =
        ["timestamp", "@timestamp", "time", "ts", "datetime", "asctime", "@t", "t", "date", "eventtime", "timeunixnano", "time_unix_nano",
        "observedtimeunixnano", "__realtime_timestamp", "log.timestamp"];

    public static readonly string[] Messages =
        ["message", "msg", "textpayload", "log", "@m", "@mt", "@message", "body", "short_message", "event"];

    /// <summary>The names inside a field that is an object.</summary>
    public static readonly string[] SeverityNames = ["name", "text", "label", "level", "severity"];

    private static readonly (string Name, SeverityScale Scale)[] Severities =
    [
        ("severity", SeverityScale.Severity), ("severity_text", SeverityScale.Severity), ("severitytext", SeverityScale.Severity),
        ("severity_label", SeverityScale.Severity), ("severity_name", SeverityScale.Severity), ("severityname", SeverityScale.Severity),
        ("error_severity", SeverityScale.Severity), ("loglevelname", SeverityScale.Level), ("log_level_name", SeverityScale.Level),
        ("levelstr", SeverityScale.Level), ("level_str", SeverityScale.Level), ("sev", SeverityScale.Words),
        ("severitynumber", SeverityScale.OpenTelemetry), ("severity_number", SeverityScale.OpenTelemetry),
        ("level", SeverityScale.Level), ("lvl", SeverityScale.Level), ("loglevel", SeverityScale.DotNet),
        ("log_level", SeverityScale.Level),
        ("log-level", SeverityScale.Level),
        ("log.level", SeverityScale.Level), ("levelname", SeverityScale.Level), ("level_name", SeverityScale.Level),
        ("level_value", SeverityScale.Level), ("@l", SeverityScale.Level),
        ("@level", SeverityScale.Level), ("l", SeverityScale.Words), ("s", SeverityScale.Words), ("log_severity", SeverityScale.Severity),
        ("levelno", SeverityScale.Python), ("level_no", SeverityScale.Python),
        ("priority", SeverityScale.Words), ("syslog_severity", SeverityScale.Syslog), ("syslog_severity_code", SeverityScale.Syslog),
        ("log.syslog.severity.code", SeverityScale.Syslog),
    ];

    public static bool IsOneOf(ReadOnlySpan<byte> name, string[] names)
    {
        if (name.Length > MaxLength)
            return false;
        foreach (var known in names)
        {
            if (Ascii.EqualsIgnoreCase(name, known))
                return true;
        }
        return false;
    }

    /// <summary>Null where the field holds no severity.</summary>
    public static SeverityScale? ScaleOf(ReadOnlySpan<byte> name)
    {
        if (name.Length > MaxLength)
            return null;
        // The journal's; in small letters it is mostly that of a task.
        if (name.SequenceEqual("PRIORITY"u8))
            return SeverityScale.Syslog;
        foreach (var (known, scale) in Severities)
        {
            if (Ascii.EqualsIgnoreCase(name, known))
                return scale;
        }
        return null;
    }

    /// <inheritdoc cref="ScaleOf(ReadOnlySpan{byte})"/>
    public static SeverityScale? ScaleOf(ReadOnlySpan<char> name)
    {
        if (name.Length > MaxLength)
            return null;
        if (name is "PRIORITY")
            return SeverityScale.Syslog;
        foreach (var (known, scale) in Severities)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
                return scale;
        }
        return null;
    }

    /// <param name="isGelf">True where the line is Graylog's, whose levels are syslog's.</param>
    public static LogSeverity? Read(SeverityScale scale, int number, bool isGelf) => scale switch
    {
        SeverityScale.Syslog => LogSeverities.FromSyslog(number),
        SeverityScale.OpenTelemetry => LogSeverities.FromOpenTelemetry(number),
        SeverityScale.DotNet => LogSeverities.FromDotNet(number),
        SeverityScale.Python => LogSeverities.FromPython(number),
        SeverityScale.Severity => LogSeverities.FromSeverityNumber(number),
        SeverityScale.Words => null,
        _ when isGelf => LogSeverities.FromSyslog(number),
        _ => LogSeverities.FromLevelNumber(number),
    };
}
