namespace GateAction.Sources.Logs;

/// <summary>How grave a log line is, in the names and order of Cloud Logging's LogSeverity; <see cref="Default"/> is a line that does not
/// say.</summary>
internal enum LogSeverity
{
    Default,
    Debug,
    Info,
    Notice,
    Warning,
    Error,
    Critical,
    Alert,
    Emergency,
}
