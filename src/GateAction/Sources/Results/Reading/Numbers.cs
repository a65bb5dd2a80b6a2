using System.Globalization;

namespace GateAction.Sources.Results.Reading;

/// <summary>Times and counts as producers write them in every locale.</summary>
internal static class Numbers
{
    /// <summary>
    /// Seconds: <c>1.5</c>, <c>1,234.56</c> (Surefire's thousands), <c>0,288</c> (a decimal comma), <c>1.4e-05</c>. Null for what is no
    /// time: <c>NaN</c>, <c>&lt;&lt;computed&gt;&gt;</c>, negative, empty.
    /// </summary>
    /// <param name="text">One comma before three digits (<c>1,234</c>) counts as thousands unless
    /// <paramref name="commaIsDecimal"/>.</param>
    public static TimeSpan? Seconds(string? text, bool commaIsDecimal = false)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var number = Normalise(text.Trim(), commaIsDecimal);
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? FromSeconds(seconds) : null;
    }

    /// <summary>The same without a string for the plain forms <c>12</c> and <c>12.345</c>.</summary>
    public static TimeSpan? Seconds(ReadOnlySpan<char> text)
    {
        var (ticks, place, hasPoint) = (0L, TimeSpan.TicksPerSecond, false);
        foreach (var character in text)
        {
            if (character == '.' && !hasPoint)
                hasPoint = true;
            // Eleven digits of ticks fit into 64 bits, twelve do not.
            else if (!char.IsAsciiDigit(character) || text.Length > 11)
                return Seconds(text.ToString());
            else if (hasPoint)
                // From the eighth decimal on a digit is less than a tick, and adds 0.
                ticks += (character - '0') * (place /= 10);
            else
                ticks = (ticks * 10) + ((character - '0') * TimeSpan.TicksPerSecond);
        }
        return text is [] or ['.'] ? null : TimeSpan.FromTicks(ticks);
    }

    public static TimeSpan? FromSeconds(double seconds) =>
        // TimeSpan.FromSeconds throws beyond its range, and a file may claim any time.
        double.IsFinite(seconds) && seconds >= 0 && seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;

    public static TimeSpan? FromMilliseconds(double milliseconds) => FromSeconds(milliseconds / 1000);

    /// <summary><c>00:00:01.2345678</c> and <c>1.02:00:00</c> as TRX writes it.</summary>
    public static TimeSpan? Clock(string? text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero ? time : null;

    /// <summary>A count in an attribute; null where it is none.</summary>
    public static long? Count(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowThousands,
        CultureInfo.InvariantCulture, out var count) && count >= 0 ? count : null;

    public static int? Line(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var line) && line > 0 ? line : null;

    private static string Normalise(string text, bool commaIsDecimal)
    {
        var comma = text.LastIndexOf(',');
        if (comma < 0)
            return text;
        var dot = text.LastIndexOf('.');
        if (dot > comma)
            return text.Replace(",", "", StringComparison.Ordinal);
        // As much of Europe writes: 1.234,56.
        if (dot >= 0)
            return text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        return IsThousands(text, comma, commaIsDecimal)
            ? text.Replace(",", "", StringComparison.Ordinal)
            : text.Replace(',', '.');
    }

    private static bool IsThousands(string text, int lastComma, bool commaIsDecimal) =>
        // Two commas can only be thousands; one is a decimal sign where the number begins with 0, as in '0,288'.
        text.IndexOf(',') != lastComma
        || (!commaIsDecimal && text.Length - lastComma == 4 && text[0] != '0');
}
