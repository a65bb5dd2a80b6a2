using System.Globalization;

namespace GateAction.Sources.Logs;

/// <summary>Reads the times that loggers write: RFC 3339 and its cousins (a blank for the T, slashes, a comma before the fraction), and counts since 1970. Without a zone it is UTC.</summary>
internal static class LogTime
{
    private const int DateAndTime = 19;
    private static readonly double LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The time at the beginning of a line of text, in brackets or not.</summary>
    public static DateTimeOffset? AtStartOf(ReadOnlySpan<char> line)
    {
        line = line.TrimStart("[\" ");
        if (line.Length < DateAndTime || !char.IsAsciiDigit(line[0]) || line[4] is not ('-' or '/') || line[10] is not ('T' or ' ') || line[13] != ':')
            return null;
        Span<char> date = stackalloc char[DateAndTime];
        line[..DateAndTime].CopyTo(date);
        date[4] = date[7] = '-';
        date[10] = 'T';
        if (!DateTime.TryParseExact(date, "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return null;
        var rest = line[DateAndTime..];
        var fraction = FractionOf(rest, out var length);
        return new DateTimeOffset(time.AddTicks(fraction), TimeSpan.Zero) - ZoneOf(rest[length..]);
    }

    /// <summary>The value of a JSON field: a text, or seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size.</summary>
    public static DateTimeOffset? FromField(ReadOnlySpan<char> value)
    {
        if (!double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number))
            return AtStartOf(value);
        while (number > 1e11)
            number /= 1000;
        return number is > 0 && number < LastSecond ? DateTimeOffset.UnixEpoch.AddTicks((long)(number * TimeSpan.TicksPerSecond)) : null;
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
        if (rest is not ['+' or '-', >= '0' and <= '9', >= '0' and <= '9', ..])
            return TimeSpan.Zero;
        var hours = int.Parse(rest[1..3], CultureInfo.InvariantCulture);
        var minutes = rest[3..].TrimStart(':') is [>= '0' and <= '5', >= '0' and <= '9', ..] digits ? int.Parse(digits[..2], CultureInfo.InvariantCulture) : 0;
        var zone = new TimeSpan(Math.Min(hours, 14), minutes, 0);
        return rest[0] == '-' ? -zone : zone;
    }
}
