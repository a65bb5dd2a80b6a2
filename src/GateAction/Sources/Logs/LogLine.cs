using System.Globalization;
using System.Text.RegularExpressions;

namespace GateAction.Sources.Logs;

/// <summary>One line of a log, taken apart by the format that it is written in, whatever wrapped it on its way.</summary>
/// <param name="time">Null where the line does not say.</param>
/// <param name="severity">Null where the line does not say.</param>
/// <param name="message">The message inside a line of JSON, where it reads otherwise there than it is written (escapes); else
/// empty.</param>
/// <param name="isWhole">True where the line is a record of its own and continues none.</param>
internal readonly ref partial struct LogLine(DateTimeOffset? time, LogSeverity? severity, ReadOnlySpan<char> text,
    ReadOnlySpan<char> message, bool isWhole = false)
{
    public DateTimeOffset? Time { get; } = time;

    public LogSeverity? Severity { get; } = severity;

    public ReadOnlySpan<char> Text { get; } = text;

    public ReadOnlySpan<char> Message { get; } = message;

    public bool IsWhole { get; } = isWhole;

    /// <param name="now">For times without a year.</param>
    public static LogLine Parse(ReadOnlySpan<char> text, DateTimeOffset now) => Parse(text, now, 0);

    /// <param name="depth">How many wrappers it was taken out of.</param>
    public static LogLine Parse(ReadOnlySpan<char> text, DateTimeOffset now, int depth)
    {
        ReadOnlySpan<char> content = text.TrimStart('\uFEFF');
        if (content.Contains('\u001b'))
            content = Escape().Replace(content.ToString(), "");
        content = content.TrimStart();
        if (content is ['{', ..] && JsonLogLine.TryParse(text, content, now, depth, out var line))
            return line;
        var hasTime = LogTime.TryRead(content, now, out var time, out var length);
        if (depth < 4 && WrappedIn(content, hasTime ? length : 0, out var priority) is { Length: > 0 } inner)
        {
            var found = Parse(inner, now, depth + 1);
            var severity = priority is null || found.IsWhole ? found.Severity ?? priority : Graver(found.Severity, priority);
            return new LogLine(found.Time ?? (hasTime ? time : null), severity, text, default,
                isWhole: found.IsWhole || priority is not null);
        }
        if (Glog(content, now) is { } glog)
            return new LogLine(glog.Time, glog.Severity, text, default, isWhole: true);
        if (Marked(content) is { } marked)
            return new LogLine(hasTime ? time : TimeIn(content, now), marked, text, default, isWhole: true);
        return new LogLine(hasTime ? time : TimeIn(content, now), TextSeverity.Find(content), text, default);
    }

    private static LogSeverity? Graver(LogSeverity? one, LogSeverity? other) => one is null || other > one ? other : one;

    /// <summary>What a container's runtime, a syslog or a viewer of many logs wrote a line of its own around; empty where nobody
    /// did.</summary>
    private static ReadOnlySpan<char> WrappedIn(ReadOnlySpan<char> line, int timeLength, out LogSeverity? priority)
    {
        priority = null;
        if (line is ['<', >= '0' and <= '9', ..] && line[..Math.Min(5, line.Length)].IndexOf('>') is > 0 and var end
            && int.TryParse(line[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 191)
        {
            priority = LogSeverities.FromSyslog(number % 8);
            // RFC 5424 has a version before the time.
            return line[(end + 1)..] is ['1', ' ', .. var versioned] ? versioned : line[(end + 1)..];
        }
        if (timeLength > 0)
        {
            var rest = AfterZone(line[timeLength..]);
            if (rest.StartsWith("stdout ") || rest.StartsWith("stderr "))
                return rest[7..] is ['F' or 'P', ' ', .. var message] ? message : rest[7..];
            if (rest is ['{', ..] || IsGlog(rest))
                return rest;
        }
        // kubectl logs --prefix and docker compose.
        if (line.StartsWith("[pod/") && line.IndexOf("] ") is > 0 and var close)
            return line[(close + 2)..];
        return line.IndexOf(" | ") is > 0 and < 64 and var bar && IsName(line[..bar].TrimEnd()) ? line[(bar + 3)..] : default;
    }

    private static ReadOnlySpan<char> AfterZone(ReadOnlySpan<char> rest)
    {
        var blank = rest.IndexOf(' ');
        return blank is >= 0 and <= 7 ? rest[(blank + 1)..].TrimStart() : default;
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.'))
                return false;
        }
        return !text.IsEmpty && LogSeverities.FromWord(text) is null && !char.IsAsciiDigit(text[0]);
    }

    private static bool IsGlog(ReadOnlySpan<char> line) =>
        line.Length > 21 && line[0] is 'I' or 'W' or 'E' or 'F' or 'D' && char.IsAsciiDigit(line[1]) && GlogHead().IsMatch(line);

    /// <summary>glog's and klog's <c>E0102 15:04:05.678901       1 main.go:10] text</c>, with a year in newer ones.</summary>
    private static (DateTimeOffset? Time, LogSeverity Severity)? Glog(ReadOnlySpan<char> line, DateTimeOffset now)
    {
        if (!IsGlog(line) || LogSeverities.FromLetter(line[0]) is not { } severity)
            return null;
        var digits = line[1..line.IndexOf(' ')];
        var clock = line[(digits.Length + 2)..];
        var (month, day) = (Number(digits[^4..^2]), Number(digits[^2..]));
        return digits.Length == 4
            ? (LogTime.InYear(month, day, clock, now, out _), severity)
            : (LogTime.AtStartOf($"{digits[..4]}-{digits[4..6]}-{digits[6..8]} {clock}", now), severity);
    }

    /// <summary>Formats in which one character at a fixed place is the severity: Redis, Ruby, Android's logcat, MongoDB before
    /// 4.4.</summary>
    private static LogSeverity? Marked(ReadOnlySpan<char> line)
    {
        if (line.Length > 8 && line[1] == ',' && line[2] == ' ' && line[3] == '[')
            return LogSeverities.FromLetter(line[0]);
        if (line.Length > 4 && line[1] == '/' && line.IndexOf("): ") > 0 && char.IsAsciiLetterUpper(line[0]))
            return LogSeverities.FromLetter(line[0]);
        foreach (var match in RedisHead().EnumerateMatches(line))
        {
            return line[match.Length - 2] switch
            {
                '.' or '-' => LogSeverity.Debug,
                '*' => LogSeverity.Notice,
                _ => LogSeverity.Warning,
            };
        }
        foreach (var match in LetterHead().EnumerateMatches(line))
            return LogSeverities.FromLetter(line[..match.Length].TrimEnd()[^1]);
        return null;
    }

    // Where the severity or a name stands before the time: INFO  [main] 2027-03-31 08:00:00,123, or key=value in any order.
    private static DateTimeOffset? TimeIn(ReadOnlySpan<char> line, DateTimeOffset now)
    {
        foreach (var match in LaterTime().EnumerateMatches(line[..Math.Min(line.Length, 120)]))
        {
            var at = match.Index + 1;
            if (LogTime.TryRead(line[at..], now, out var time, out _))
                return time;
        }
        return null;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\e\[[0-9;]*[A-Za-z]")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\A[IWEFD](\d{4}|\d{8}) \d\d:\d\d:\d\d\.\d+\s+\d+ [^ ]+:\d+\]")]
    private static partial Regex GlogHead();

    [GeneratedRegex(@"\A\d+:[XCSM] \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3} [.\-*#] ")]
    private static partial Regex RedisHead();

    // logcat: 01-02 15:04:05.678  1234  1234 E Tag; MongoDB: 2027-03-31T08:00:00.000+0000 E NETWORK.
    [GeneratedRegex(@"\A(\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\s+\d+\s+\d+ [VDIWEFA] |\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[^ ]+ [DIWEF] )")]
    private static partial Regex LetterHead();

    [GeneratedRegex(
        @"(?<=\A\s*[A-Z]{3,9}[ :\]][^0-9]{0,60}|\A\[?[a-z]+[\] ][^0-9]{0,40}|\A[A-Z], \[)[ \[](?=\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)|[ ](?=(time|ts|t|timestamp)=)|(?<=\A[A-Z], )\[(?=\d{4})")]
    private static partial Regex LaterTime();
}

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
