using System.Globalization;
using System.Text.RegularExpressions;

namespace GateAction.Sources.Logs;

/// <summary>One line of a log, taken apart by the format that it is written in, whatever wrapped it on its way.</summary>
internal readonly ref partial struct LogLine
{
    private const int MaxDepth = 4;

    /// <summary>Null where the line does not say.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>True if the time says its zone: of two times that one is believed.</summary>
    public bool HasZone { get; init; }

    /// <summary>Null where the line does not say.</summary>
    public LogSeverity? Severity { get; init; }

    /// <summary>What wrapped the line says of it, which holds for a line of a stack trace too; null where nothing does.</summary>
    public LogSeverity? Priority { get; init; }

    /// <summary>The line as it is kept.</summary>
    public ReadOnlySpan<char> Text { get; init; }

    /// <summary>What the program wrote: the line without what wrapped it, without colours, and the message of a line of JSON.</summary>
    public ReadOnlySpan<char> Content { get; init; }

    /// <summary>True if the line is a record of its own and continues none.</summary>
    public bool IsWhole { get; init; }

    /// <summary>True if the program wrote a time, which begins a record too.</summary>
    public bool IsTimed { get; init; }

    /// <summary>What stands in the field of the severity and is no known one; null where the severity is known or there is no such
    /// field.</summary>
    public string? UnknownSeverity { get; init; }

    /// <param name="now">For times without a year.</param>
    public static LogLine Parse(ReadOnlySpan<char> text, DateTimeOffset now) => Parse(text, now, 0);

    /// <param name="depth">How many wrappers it was taken out of.</param>
    public static LogLine Parse(ReadOnlySpan<char> text, DateTimeOffset now, int depth)
    {
        var plain = text.TrimStart('\uFEFF');
        if (plain.Contains('\u001b'))
            plain = Escape().Replace(plain.ToString(), "");
        var content = plain.TrimStart();
        if (content is ['{', ..] && JsonLogLine.TryParse(text, content, now, depth, out var line))
            return line;
        var isTimed = LogTime.TryRead(content, now, out var time, out var length);
        if (depth < MaxDepth && LogWrapper.TryRead(content, isTimed ? length : 0, now, out var wrapper))
        {
            var outer = wrapper.Time ?? (isTimed ? time : null);
            var hasZone = wrapper.Time is not null || (isTimed && LogZone.IsAt(content[length..]));
            return (Parse(wrapper.Inner, now, depth + 1) with { Text = text }).Within(outer, hasZone, wrapper.Priority);
        }
        if (Glog(content, now) is { } glog)
            return new() { Time = glog.Time, Severity = glog.Severity, Text = text, Content = plain, IsWhole = true };
        var marked = Marked(content);
        var (severity, unknown) = marked is null ? TextSeverity.Find(content, isTimed ? length : 0) : (marked, null);
        var found = isTimed ? time : TimeIn(content, now);
        return new()
        {
            Time = found,
            HasZone = isTimed && LogZone.IsAt(content[length..]),
            Severity = severity,
            UnknownSeverity = unknown,
            Text = text,
            Content = plain,
            IsWhole = marked is not null,
            IsTimed = found is not null,
        };
    }

    /// <summary>This line as something else wrote it down, with a time and perhaps a priority.</summary>
    public LogLine Within(DateTimeOffset? time, bool hasZone, LogSeverity? priority) => this with
    {
        Time = time is null || (Time is not null && (HasZone || !hasZone)) ? Time ?? time : time,
        HasZone = HasZone || (time is not null && hasZone),
        Severity = priority is null || priority < Severity ? Severity : priority,
        Priority = priority ?? Priority,
    };

    public static bool IsGlog(ReadOnlySpan<char> line) =>
        line.Length > 21 && line[0] is 'I' or 'W' or 'E' or 'F' or 'D' && char.IsAsciiDigit(line[1]) && GlogHead().IsMatch(line);

    /// <summary>glog's and klog's <c>E0102 15:04:05.678901       1 main.go:10] text</c>, with a year in newer ones.</summary>
    private static (DateTimeOffset? Time, LogSeverity Severity)? Glog(ReadOnlySpan<char> line, DateTimeOffset now)
    {
        if (!IsGlog(line) || LogSeverities.FromLetter(line[0]) is not { } severity)
            return null;
        var digits = line[1..line.IndexOf(' ')];
        var clock = line[(digits.Length + 2)..];
        // Abseil's, before its program knows its zone: seconds since 1970.
        if (digits is "0000")
            return (LogTime.FromField(clock[6..clock.IndexOf('.')], now), severity);
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

    [GeneratedRegex(@"\A[IWEFD](\d{4}|\d{8}) \d\d:\d\d:(\d\d|\d{10})\.\d+\s+\d+ [^ ]+:\d+\]")]
    private static partial Regex GlogHead();

    [GeneratedRegex(@"\A\d+:[XCSM] \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3} [.\-*#] ")]
    private static partial Regex RedisHead();

    // logcat: 01-02 15:04:05.678  1234  1234 E Tag; semantic_logger: 2027-03-31 08:00:00.123456 E [1:main] App; MongoDB:
    // 2027-03-31T08:00:00.000+0000 E NETWORK; TensorFlow: 2027-03-31 08:00:00.000000: E a/b.cc:1]; Tornado: [E 270331 08:00:00 web:1];
    // ESP-IDF: E (123) wifi:.
    [GeneratedRegex(@"\A(\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\s+\d+\s+\d+ [VDIWEFA] "
        + @"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ [TDIWEF](?= \[\d+:)"
        + @"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[^ ]+ [DIWEF] |\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IWEF] "
        + @"|\[[DIWEC](?= (\d{6}|(\d\d)?\d\d-\d\d-\d\d) \d\d:\d\d:\d\d)|[VDIWE](?= \(\d+\) \w+: ))")]
    private static partial Regex LetterHead();

    [GeneratedRegex(
        @"(?<=\A\s*[A-Z]{3,9}([ :\]][^0-9]{0,60})?|\A\[?[a-z]+[\] ][^0-9]{0,40}|\A[A-Z], \[|\A\[[A-Z])"
        + @"[ \[](?=\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|\d{6} \d\d:\d\d)"
        + @"|[ ](?=(time|ts|t|timestamp)=)|(?<=\A[A-Z], )\[(?=\d{4})")]
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
