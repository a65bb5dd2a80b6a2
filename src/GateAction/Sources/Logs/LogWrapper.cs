using System.Globalization;
using System.Text.RegularExpressions;

namespace GateAction.Sources.Logs;

/// <summary>What a container's runtime, a syslog or a viewer of many logs wrote around a line of its own.</summary>
internal readonly ref partial struct LogWrapper
{
    /// <summary>What the program wrote.</summary>
    public ReadOnlySpan<char> Inner { get; private init; }

    /// <summary>A time that the wrapper has behind its priority; null where it has none there.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>Syslog's; null where there is none.</summary>
    public LogSeverity? Priority { get; private init; }

    /// <param name="timeLength">Where the time ends that the line begins with; 0 where it begins with none.</param>
    public static bool TryRead(ReadOnlySpan<char> line, int timeLength, DateTimeOffset now, out LogWrapper wrapper)
    {
        wrapper = default;
        if (line is ['<', >= '0' and <= '9', ..] && line[..Math.Min(5, line.Length)].IndexOf('>') is > 0 and var end
            && int.TryParse(line[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 191)
        {
            DateTimeOffset? time = null;
            var inner = line[(end + 1)..];
            // RFC 5424 has a version before the time.
            if (inner is ['1', ' ', .. var versioned])
                time = Versioned(versioned, now, out inner);
            wrapper = new() { Inner = inner, Time = time, Priority = LogSeverities.FromSyslog(number % 8) };
            return true;
        }
        var found = timeLength > 0 ? BehindTime(line, timeLength) : default;
        if (found.IsEmpty)
            found = BehindName(line);
        wrapper = new() { Inner = found };
        return !found.IsEmpty;
    }

    private static DateTimeOffset? Versioned(ReadOnlySpan<char> line, DateTimeOffset now, out ReadOnlySpan<char> message)
    {
        message = line;
        DateTimeOffset? time = LogTime.TryRead(line, now, out var read, out _) ? read : null;
        foreach (var head in VersionedHead().EnumerateMatches(line))
            message = line[head.Length..].TrimStart('\uFEFF');
        return time;
    }

    private static ReadOnlySpan<char> BehindTime(ReadOnlySpan<char> line, int timeLength)
    {
        var zone = LogZone.LengthAt(line[timeLength..], out _);
        var rest = line[(timeLength + zone)..];
        if (rest.StartsWith(" stdout ") || rest.StartsWith(" stderr "))
            return rest[8..] is ['F' or 'P', ' ', .. var message] ? message : rest[8..];
        if (rest is [' ', '{', ..] || (rest is [' ', .. var glog] && LogLine.IsGlog(glog)))
            return rest[1..];
        // Without a year it is syslog's; others must show a process, because two words before a colon are much.
        var isSyslog = char.IsAsciiLetter(line[0]) && zone == 0;
        foreach (var head in (isSyslog ? SyslogHead() : ProcessHead()).EnumerateMatches(rest))
            return rest[head.Length..];
        return default;
    }

    // kubectl logs --prefix and docker compose.
    private static ReadOnlySpan<char> BehindName(ReadOnlySpan<char> line)
    {
        if (line.StartsWith("[pod/") && line.IndexOf("] ") is > 0 and var close)
            return line[(close + 2)..];
        return line.IndexOf(" | ") is > 0 and < 64 and var bar && IsName(line[..bar].TrimEnd()) ? line[(bar + 3)..] : default;
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

    // TIME HOST APP PROCESS ID DATA, and the message.
    [GeneratedRegex(@"\A\S+ \S+ \S+ \S+ \S+ (-|(\[[^\]""\\]*(""([^""\\]|\\.)*""[^\]""\\]*)*\])+)( |\z)")]
    private static partial Regex VersionedHead();

    [GeneratedRegex(@"\A [\w.:-]+ [^\s:\[\]]{1,48}(\[\d+\])?: ?")]
    private static partial Regex SyslogHead();

    [GeneratedRegex(@"\A [\w.:-]+ ([^\s:\[\]]{1,48}\[\d+\]|kernel): ?")]
    private static partial Regex ProcessHead();
}
