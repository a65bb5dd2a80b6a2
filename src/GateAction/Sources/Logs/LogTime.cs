using System.Globalization;

namespace GateAction.Sources.Logs;

/// <summary>
/// Reads the times that loggers write: RFC 3339 and its cousins (a blank for the T, slashes, a comma before the fraction), those of syslog,
/// of web servers and of PHP with the names of months, and counts since 1970. Without a zone it is UTC; without a year it is the last such
/// day.
/// </summary>
internal static class LogTime
{
    private const int DateAndTime = 19;
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static readonly string[] Keys = ["timestamp=", "time=", "ts=", "t=", "datetime=", "date="];
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
        foreach (var key in Keys)
        {
            if (line[start..].StartsWith(key, StringComparison.OrdinalIgnoreCase))
            {
                start += key.Length;
                while (start < line.Length && line[start] is '"' or '\'')
                    start++;
                break;
            }
        }
        var rest = line[start..];
        var found = Iso(rest, out length) ?? Named(rest, now, out length) ?? WithoutYear(rest, now, out length) ?? Epoch(rest, out length);
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
        if (line.Length < DateAndTime || !char.IsAsciiDigit(line[0]) || line[4] is not ('-' or '/' or '.')
            || line[10] is not ('T' or 't' or ' ' or '_') || line[13] != ':')
            return null;
        Span<char> date = stackalloc char[DateAndTime];
        line[..DateAndTime].CopyTo(date);
        date[4] = date[7] = '-';
        date[10] = 'T';
        if (!DateTime.TryParseExact(date, "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return null;
        var rest = line[DateAndTime..];
        var fraction = FractionOf(rest, out var digits);
        length = DateAndTime + digits;
        return new DateTimeOffset(time.AddTicks(fraction), TimeSpan.Zero) - ZoneOf(rest[digits..]);
    }

    /// <summary><c>Wed Oct 11 14:32:52.123456 2000</c>, <c>Oct 11 14:32:52</c>, <c>10/Oct/2000:13:55:36 -0700</c>, <c>11-Oct-2000
    /// 14:32:52</c>, <c>11 Oct 2000 14:32:52</c>.</summary>
    private static DateTimeOffset? Named(ReadOnlySpan<char> line, DateTimeOffset now, out int length)
    {
        length = 0;
        var at = line.Length > 4 && line[3] is ' ' && MonthOf(line) == 0 && char.IsAsciiLetter(line[0]) && MonthOf(line[4..]) > 0 ? 4 : 0;
        if (MonthOf(line[at..]) is > 0 and var month && line.Length > at + 14 && line[at + 3] == ' ')
        {
            if (!int.TryParse(line.Slice(at + 4, 2), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var day)
                || line[at + 6] != ' '
                || !Clock(line[(at + 7)..], out var ofDay, out var clock))
                return null;
            var rest = line[(at + 7 + clock)..];
            length = at + 7 + clock;
            if (rest.Length >= 5 && rest[0] == ' '
                && int.TryParse(rest[1..5], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= 1970
                && (rest.Length == 5 || !char.IsAsciiLetterOrDigit(rest[5])))
            {
                length += 5;
                return At(year, month, day, ofDay);
            }
            return InYear(month, day, line[(at + 7)..], now, out _);
        }
        if (line.Length < 20 || !char.IsAsciiDigit(line[0]) || !char.IsAsciiDigit(line[1]) || line[2] is not ('/' or '-' or ' ')
            || MonthOf(line[3..]) is not (> 0 and var named)
            || !int.TryParse(line[7..11], NumberStyles.None, CultureInfo.InvariantCulture, out var ofYear)
            || !Clock(line[12..], out var time, out var read))
            return null;
        length = 12 + read;
        return At(ofYear, named, (line[0] - '0') * 10 + line[1] - '0', time) - ZoneOf(line[length..]);
    }

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

    // Squid's and others': seconds with a fraction.
    private static DateTimeOffset? Epoch(ReadOnlySpan<char> line, out int length)
    {
        length = 0;
        if (line.Length < 12 || !AsciiRun.IsDigits(line[..10]) || line[10] != '.' || !char.IsAsciiDigit(line[11]))
            return null;
        for (length = 11; length < line.Length && char.IsAsciiDigit(line[length]); length++)
            ;
        return double.TryParse(line[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds >= FirstSecond
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
    }

    private static bool Clock(ReadOnlySpan<char> text, out TimeSpan time, out int length)
    {
        (time, length) = (default, 0);
        if (text.Length < 8 || text[2] != ':' || text[5] != ':'
            || !TimeSpan.TryParseExact(text[..8], @"hh\:mm\:ss", CultureInfo.InvariantCulture, out time))
            return false;
        time += TimeSpan.FromTicks(FractionOf(text[8..], out var digits));
        length = 8 + digits;
        return true;
    }

    private static DateTimeOffset? At(int year, int month, int day, TimeSpan time) =>
        year is >= 1 and <= 9998 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
        ? new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero) + time
        : null;

    private static int MonthOf(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || !char.IsAsciiLetterUpper(text[0]))
            return 0;
        var at = Months.AsSpan().IndexOf(text[..3]);
        return at >= 0 && at % 3 == 0 ? (at / 3) + 1 : 0;
    }

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

    private static TimeSpan ZoneOf(ReadOnlySpan<char> rest)
    {
        // A zone may stand after a blank: 13:55:36 -0700. A dash that begins a message has no digits behind it.
        if (rest is [' ', '+' or '-', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', ..])
            rest = rest[1..];
        if (rest is not ['+' or '-', >= '0' and <= '9', >= '0' and <= '9', ..])
            return TimeSpan.Zero;
        var hours = int.Parse(rest[1..3], CultureInfo.InvariantCulture);
        var minutes = rest[3..].TrimStart(':') is [>= '0' and <= '5', >= '0' and <= '9', ..] digits
            ? int.Parse(digits[..2], CultureInfo.InvariantCulture)
            : 0;
        var zone = new TimeSpan(Math.Min(hours, 14), minutes, 0);
        return rest[0] == '-' ? -zone : zone;
    }
}
