using System.Globalization;
using System.Text.RegularExpressions;

namespace GateAction.Sources.Logs;

/// <summary>
/// Reads the times that loggers write: RFC 3339 and its cousins (a blank for the T, slashes, a comma before the fraction, no
/// separators), those of syslog, mails, Java, web servers and PHP with the names of months, and counts since 1970. Without a zone it is
/// UTC; without a year it is the last such day.
/// </summary>
internal static partial class LogTime
{
    private const int DateAndMinute = 16;
    private const int DateAndTime = 19;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly string[] Keys = ["timestamp=", "time=", "ts=", "t=", "datetime=", "date=", "__realtime_timestamp="];
    private static readonly double FirstSecond = 1e9;
    private static readonly double LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The time at the beginning of a line of text, in brackets or not, or behind a key that says so.</summary>
    public static DateTimeOffset? AtStartOf(ReadOnlySpan<char> line, DateTimeOffset now) =>
        TryRead(line, now, out var time, out _) ? time : null;

    /// <param name="length">Where the time ends.</param>
    public static bool TryRead(ReadOnlySpan<char> line, DateTimeOffset now, out DateTimeOffset time, out int length)
    {
        var start = 0;
        while (start < line.Length && line[start] is '[' or '"' or ' ' or '(' or '\'')
            start++;
        var isKeyed = false;
        foreach (var key in Keys)
        {
            if (line[start..].StartsWith(key, StringComparison.OrdinalIgnoreCase))
            {
                start += key.Length;
                isKeyed = true;
                while (start < line.Length && line[start] is '"' or '\'')
                    start++;
                break;
            }
        }
        var rest = line[start..];
        var found = Iso(rest, out length) ?? Packed(rest, out length) ?? ShortYear(rest, now, out length)
            ?? NamedLogTime.Read(rest, now, out length)
            ?? WithoutYear(rest, now, out length)
            ?? Epoch(rest, isKeyed, now, out length);
        length += start;
        time = found ?? default;
        return found is not null;
    }

    /// <summary>The value of a field: a text, or seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their
    /// size.</summary>
    public static DateTimeOffset? FromField(ReadOnlySpan<char> value, DateTimeOffset now)
    {
        if (!double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
            out var number))
            return AtStartOf(value, now);
        if (!double.IsFinite(number))
            return null;
        // 20270331 is a day, not a second of 1970.
        if (number is > 19_700_000_000_000 and < 21_000_000_000_000 && Packed(value, out _) is { } packed)
            return packed;
        while (number > 1e11)
            number /= 1000;
        return number >= FirstSecond && number < LastSecond
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(number * TimeSpan.TicksPerSecond))
            : null;
    }

    /// <summary>A month, a day and a time of that day, in the year that brings them nearest to now and not after it.</summary>
    public static DateTimeOffset? InYear(int month, int day, ReadOnlySpan<char> clock, DateTimeOffset now, out int length)
    {
        length = 0;
        if (Clock(clock, out var ofDay, out length) is false)
            return null;
        foreach (var year in (int[])[now.Year + 1, now.Year, now.Year - 1])
        {
            if (At(year, month, day, ofDay) is { } time && time <= now + TimeSpan.FromDays(1))
                return time;
        }
        return null;
    }

    private static DateTimeOffset? Iso(ReadOnlySpan<char> line, out int length)
    {
        length = 0;
        if (line.Length < DateAndMinute || !char.IsAsciiDigit(line[0]) || line[4] is not ('-' or '/' or '.')
            || line[10] is not ('T' or 't' or ' ' or '_') || line[13] != ':')
            return null;
        Span<char> date = stackalloc char[DateAndTime];
        var hasSeconds = line.Length >= DateAndTime && line[DateAndMinute] == ':';
        if (!hasSeconds && !LogZone.IsAt(line[DateAndMinute..]))
            return null;
        var written = hasSeconds ? DateAndTime : DateAndMinute;
        ":00".CopyTo(date[DateAndMinute..]);
        line[..written].CopyTo(date);
        date[4] = date[7] = '-';
        date[10] = 'T';
        // MariaDB writes an hour of one digit behind two blanks.
        if (date[11] == ' ')
            date[11] = '0';
        var leap = WithoutLeap(date[11..]);
        if (!DateTime.TryParseExact(date, "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return null;
        time += leap;
        var rest = line[written..];
        var fraction = FractionOf(rest, out var digits);
        length = written + digits;
        return new DateTimeOffset(time.AddTicks(fraction), TimeSpan.Zero) - LogZone.Of(rest[digits..]);
    }

    // 20270331T080000Z, 20270331 08:00:00, 20270331080000, and Tornado's 270331 08:00:00.
    private static DateTimeOffset? Packed(ReadOnlySpan<char> line, out int length)
    {
        length = 0;
        var digits = 0;
        while (digits < line.Length && char.IsAsciiDigit(line[digits]))
            digits++;
        if (digits is not (6 or 8 or 14) || line.Length < 14)
            return null;
        var at = digits == 14 ? 8 : digits + 1;
        var year = digits == 6 ? 2000 + Two(line) : (Two(line) * 100) + Two(line[2..]);
        var day = line[(digits == 6 ? 2 : 4)..];
        TimeSpan ofDay;
        if (line[digits == 14 ? 0 : digits] is ' ' && Clock(line[at..], out ofDay, out var read))
        {
            length = at + read;
        }
        else if ((digits >= 8 || (line[digits] is ' ' && line.Length > at + 6 && line[at + 6] is ' ')) && line.Length >= at + 6
            && (digits is 14 or 6 || line[digits] is 'T') && AsciiRun.IsDigits(line[at..(at + 6)])
            && Two(line[at..]) < 24 && Two(line[(at + 2)..]) < 60 && Two(line[(at + 4)..]) < 60)
        {
            ofDay = new TimeSpan(Two(line[at..]), Two(line[(at + 2)..]), Two(line[(at + 4)..]))
                + TimeSpan.FromTicks(FractionOf(line[(at + 6)..], out var fraction));
            length = at + 6 + fraction;
        }
        else
        {
            return null;
        }
        return year is >= 1970 and < 2100 && At(year, Two(day), Two(day[2..]), ofDay) is { } time
            ? time - LogZone.Of(line[length..])
            : null;
    }

    // Spark's 27/03/31 08:00:00. Other programs write days or months first: one that is not of this or the last year is not read, and
    // `IsUnread` then tells that there was a time.
    private static DateTimeOffset? ShortYear(ReadOnlySpan<char> line, DateTimeOffset now, out int length)
    {
        length = 0;
        if (line.Length < 17 || line[2] != '/' || line[5] != '/' || line[8] != ' ' || !AsciiRun.IsDigits(line[..2])
            || !AsciiRun.IsDigits(line[3..5]) || !AsciiRun.IsDigits(line[6..8]) || !Clock(line[9..], out var ofDay, out var clock))
            return null;
        var year = 2000 + Two(line);
        if (year != now.Year && year != now.Year - 1)
            return null;
        length = 9 + clock;
        return At(year, Two(line[3..]), Two(line[6..]), ofDay) is { } time && time <= now + TimeSpan.FromDays(1)
            ? time - LogZone.Of(line[length..])
            : null;
    }

    /// <summary>True if a line begins with what looks like a day and a time of it, though in an order that cannot be known.</summary>
    public static bool IsUnread(ReadOnlySpan<char> line) =>
        line is [>= '0' and <= '9', ..] or ['[' or '"' or '(' or '\'', >= '0' and <= '9', ..] && DayAndTime().IsMatch(line);

    [GeneratedRegex(@"\A[\[""'(]?\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ,]+\d{1,2}[:.]\d\d")]
    private static partial Regex DayAndTime();

    public static int Two(ReadOnlySpan<char> digits) => ((digits[0] - '0') * 10) + digits[1] - '0';

    // Android's: 01-02 15:04:05.678.
    private static DateTimeOffset? WithoutYear(ReadOnlySpan<char> line, DateTimeOffset now, out int length)
    {
        length = 0;
        if (line.Length < 18 || line[2] != '-' || line[5] != ' '
            || !int.TryParse(line[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var month)
            || !int.TryParse(line[3..5], NumberStyles.None, CultureInfo.InvariantCulture, out var day))
            return null;
        var time = InYear(month, day, line[6..], now, out length);
        length += 6;
        return time;
    }

    // Squid's and others': seconds with a fraction. Behind a key any count since 1970.
    private static DateTimeOffset? Epoch(ReadOnlySpan<char> line, bool isKeyed, DateTimeOffset now, out int length)
    {
        length = 0;
        var whole = 0;
        while (whole < line.Length && char.IsAsciiDigit(line[whole]))
            whole++;
        var hasFraction = line[whole..] is ['.', >= '0' and <= '9', ..];
        if (whole is not (10 or 13 or 16 or 19) || !(hasFraction && whole == 10) && !isKeyed)
            return null;
        length = whole;
        if (hasFraction)
        {
            for (length++; length < line.Length && char.IsAsciiDigit(line[length]); length++)
                ;
        }
        return FromField(line[..length], now);
    }

    public static bool Clock(ReadOnlySpan<char> text, out TimeSpan time, out int length)
    {
        (time, length) = (default, 0);
        if (text.Length < 8 || text[2] != ':' || text[5] != ':')
            return false;
        Span<char> clock = stackalloc char[8];
        text[..8].CopyTo(clock);
        var leap = WithoutLeap(clock);
        if (!TimeSpan.TryParseExact(clock, @"hh\:mm\:ss", CultureInfo.InvariantCulture, out time))
            return false;
        time += leap + TimeSpan.FromTicks(FractionOf(text[8..], out var digits));
        length = 8 + digits;
        return true;
    }

    // 23:59:60, and in other zones 00:59:60, is the second after 59; .NET knows none.
    private static TimeSpan WithoutLeap(Span<char> clock)
    {
        if (clock is not [_, _, ':', _, _, ':', '6', '0', ..])
            return TimeSpan.Zero;
        (clock[6], clock[7]) = ('5', '9');
        return Second;
    }

    public static DateTimeOffset? At(int year, int month, int day, TimeSpan time) =>
        year is >= 1 and <= 9998 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
        ? new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero) + time
        : null;

    private static long FractionOf(ReadOnlySpan<char> rest, out int length)
    {
        length = 0;
        if (rest is not ['.' or ',', >= '0' and <= '9', ..])
            return 0;
        var (ticks, unit) = (0L, TimeSpan.TicksPerSecond);
        for (length = 1; length < rest.Length && char.IsAsciiDigit(rest[length]); length++)
        {
            unit /= 10;
            ticks += (rest[length] - '0') * unit;
        }
        return ticks;
    }
}
