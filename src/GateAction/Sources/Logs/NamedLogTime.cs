using System.Globalization;

namespace GateAction.Sources.Logs;

/// <summary>Reads times that name the month, or write the day first.</summary>
internal static class NamedLogTime
{
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary><c>Wed Oct 11 14:32:52.123456 2000</c>, <c>Oct 11 14:32:52</c>, <c>10/Oct/2000:13:55:36 -0700</c>, <c>11-Oct-2000
    /// 14:32:52</c>, <c>Wed, 11 Oct 2000 14:32:52 GMT</c>, <c>Oct 11, 2000 2:32:52 PM</c>.</summary>
    public static DateTimeOffset? Read(ReadOnlySpan<char> line, DateTimeOffset now, out int length)
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
        if (line[6] != ' ' || !LogTime.Clock(line[7..], out var ofDay, out var clock))
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
            return LogTime.At(year, month, day, ofDay) - (zone > 0 ? LogZone.Of(rest) : LogZone.Of(behind[5..]));
        }
        return LogTime.InYear(month, day, line[7..], now, out _) - LogZone.Of(rest);
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
        if (!LogTime.Clock(padded, out var ofDay, out _) || behind is not [' ', 'A' or 'P', 'M', ..] || ofDay.Hours is 0 or > 12)
            return null;
        length = line.Length - behind.Length + 3;
        return LogTime.At(year, month, day,
            ofDay - TimeSpan.FromHours(ofDay.Hours == 12 ? 12 : 0) + TimeSpan.FromHours(behind[1] == 'P' ? 12 : 0));
    }

    private static DateTimeOffset? DayFirst(ReadOnlySpan<char> line, out int length)
    {
        length = 0;
        if (Dotted(line, out length) is { } dotted)
            return dotted;
        if (line.Length < 20 || !char.IsAsciiDigit(line[0]) || !char.IsAsciiDigit(line[1]) || line[2] is not ('/' or '-' or ' ')
            || MonthOf(line[3..]) is not (> 0 and var named)
            || !int.TryParse(line[7..11], NumberStyles.None, CultureInfo.InvariantCulture, out var ofYear)
            || !LogTime.Clock(line[12..], out var time, out var read))
            return null;
        length = 12 + read;
        return LogTime.At(ofYear, named, LogTime.Two(line), time) - LogZone.Of(line[length..]);
    }

    // 31.03.2027 08:00:00, with a comma behind the year or without: with dots the day comes first everywhere.
    private static DateTimeOffset? Dotted(ReadOnlySpan<char> line, out int length)
    {
        length = 0;
        if (line.Length < 19 || line[2] != '.' || line[5] != '.' || !AsciiRun.IsDigits(line[..2]) || !AsciiRun.IsDigits(line[3..5])
            || !AsciiRun.IsDigits(line[6..10]))
            return null;
        var at = line[10] == ',' ? 12 : 11;
        if (line[at - 1] != ' ' || !LogTime.Clock(line[at..], out var time, out var clock))
            return null;
        length = at + clock;
        return LogTime.At((LogTime.Two(line[6..]) * 100) + LogTime.Two(line[8..]), LogTime.Two(line[3..]), LogTime.Two(line),
            time) - LogZone.Of(line[length..]);
    }

    private static int MonthOf(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || !char.IsAsciiLetterUpper(text[0]))
            return 0;
        var at = Months.AsSpan().IndexOf(text[..3]);
        return at >= 0 && at % 3 == 0 ? (at / 3) + 1 : 0;
    }
}
