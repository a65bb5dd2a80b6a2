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
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";
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
        var found = Iso(rest, out length) ?? Packed(rest, out length) ?? ShortYear(rest, now, out length) ?? Named(rest, now, out length)
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

    /// <summary><c>Wed Oct 11 14:32:52.123456 2000</c>, <c>Oct 11 14:32:52</c>, <c>10/Oct/2000:13:55:36 -0700</c>, <c>11-Oct-2000
    /// 14:32:52</c>, <c>Wed, 11 Oct 2000 14:32:52 GMT</c>, <c>Oct 11, 2000 2:32:52 PM</c>.</summary>
    private static DateTimeOffset? Named(ReadOnlySpan<char> line, DateTimeOffset now, out int length)
    {
        length = 0;
        var weekday = line.Length > 5 && MonthOf(line) == 0 && char.IsAsciiLetterUpper(line[0]) && char.IsAsciiLetterLower(line[2])
            ? line[3] is ' ' ? 4 : line[3] is ',' && line[4] is ' ' ? 5 : 0
            : 0;
        var rest = line[weekday..];
        var time = MonthFirst(rest, now, out length) ?? DayFirst(rest, out length);
        length += weekday;
        return time;
    }

    private static DateTimeOffset? MonthFirst(ReadOnlySpan<char> line, DateTimeOffset now, out int length)
    {
        length = 0;
        var month = MonthOf(line);
        if (month == 0 || line.Length < 15 || line[3] != ' ' || !int.TryParse(line.Slice(4, 2).TrimEnd(','),
            NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var day))
            return null;
        // Java's, with a comma, the year and half a day.
        var comma = line[4..].IndexOf(", ");
        if (comma is 1 or 2)
            return HalfDay(line, month, day, comma + 6, out length);
        if (line[6] != ' ' || !Clock(line[7..], out var ofDay, out var clock))
            return null;
        length = 7 + clock;
        var rest = line[length..];
        // date(1) writes a zone before the year.
        var zone = LogZone.LengthAt(rest, out _);
        var behind = rest[zone..];
        if (behind.Length >= 5 && behind[0] == ' '
            && int.TryParse(behind[1..5], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= 1970
            && (behind.Length == 5 || !char.IsAsciiLetterOrDigit(behind[5])))
        {
            length += zone + 5;
            return At(year, month, day, ofDay) - (zone > 0 ? LogZone.Of(rest) : LogZone.Of(behind[5..]));
        }
        return InYear(month, day, line[7..], now, out _) - LogZone.Of(rest);
    }

    private static DateTimeOffset? HalfDay(ReadOnlySpan<char> line, int month, int day, int at, out int length)
    {
        length = 0;
        if (line.Length < at + 13 || !int.TryParse(line.Slice(at, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            return null;
        var clock = line[(at + 5)..];
        Span<char> padded = stackalloc char[8];
        var isShort = clock[1] == ':';
        padded[0] = '0';
        clock[..(isShort ? 7 : 8)].CopyTo(padded[(isShort ? 1 : 0)..]);
        var behind = clock[(isShort ? 7 : 8)..];
        if (!Clock(padded, out var ofDay, out _) || behind is not [' ', 'A' or 'P', 'M', ..] || ofDay.Hours is 0 or > 12)
            return null;
        length = line.Length - behind.Length + 3;
        return At(year, month, day, ofDay - TimeSpan.FromHours(ofDay.Hours == 12 ? 12 : 0) + TimeSpan.FromHours(behind[1] == 'P' ? 12 : 0));
    }

    private static DateTimeOffset? DayFirst(ReadOnlySpan<char> line, out int length)
    {
        length = 0;
        if (Dotted(line, out length) is { } dotted)
            return dotted;
        if (line.Length < 20 || !char.IsAsciiDigit(line[0]) || !char.IsAsciiDigit(line[1]) || line[2] is not ('/' or '-' or ' ')
            || MonthOf(line[3..]) is not (> 0 and var named)
            || !int.TryParse(line[7..11], NumberStyles.None, CultureInfo.InvariantCulture, out var ofYear)
            || !Clock(line[12..], out var time, out var read))
            return null;
        length = 12 + read;
        return At(ofYear, named, Two(line), time) - LogZone.Of(line[length..]);
    }

    // 31.03.2027 08:00:00, with a comma behind the year or without: with dots the day comes first everywhere.
    private static DateTimeOffset? Dotted(ReadOnlySpan<char> line, out int length)
    {
        length = 0;
        if (line.Length < 19 || line[2] != '.' || line[5] != '.' || !AsciiRun.IsDigits(line[..2]) || !AsciiRun.IsDigits(line[3..5])
            || !AsciiRun.IsDigits(line[6..10]))
            return null;
        var at = line[10] == ',' ? 12 : 11;
        if (line[at - 1] != ' ' || !Clock(line[at..], out var time, out var clock))
            return null;
        length = at + clock;
        return At((Two(line[6..]) * 100) + Two(line[8..]), Two(line[3..]), Two(line), time) - LogZone.Of(line[length..]);
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

    private static bool Clock(ReadOnlySpan<char> text, out TimeSpan time, out int length)
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
}
