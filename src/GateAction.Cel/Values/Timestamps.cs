using System.Globalization;

namespace GateAction.Cel.Values;

/// <summary>Timestamps as text (RFC 3339) and within their range, year 1 to 9999.</summary>
internal static class Timestamps
{
    public const long MinSeconds = -62135596800;
    public const long MaxSeconds = 253402300799;

    /// <summary>The timestamp, or an error if it is out of range.</summary>
    public static Value FromNanos(Int128 nanos)
    {
        var seconds = nanos / Durations.NanosPerSecond;
        var rest = (int)(nanos % Durations.NanosPerSecond);
        if (rest < 0)
        {
            seconds--;
            rest += (int)Durations.NanosPerSecond;
        }
        return seconds >= MinSeconds && seconds <= MaxSeconds
            ? Value.Timestamp((long)seconds, rest)
            : Value.Error("the timestamp is out of range: years 1 to 9999 fit");
    }

    public static Int128 Nanos(Value timestamp) => (Int128)timestamp.Seconds * Durations.NanosPerSecond + timestamp.Nanos;

    public static DateTime ToDateTime(Value timestamp) =>
        DateTime.UnixEpoch.AddTicks(timestamp.Seconds * TimeSpan.TicksPerSecond + timestamp.Nanos / 100);

    public static string Format(Value timestamp) =>
        ToDateTime(timestamp).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + Durations.Fraction(timestamp.Nanos) + "Z";

    public static bool TryParse(string text, out Value timestamp)
    {
        timestamp = default;
        if (text.Length < 20 || text[10] is not ('T' or 't') || !char.IsAsciiDigit(text[18]))
            return false;
        // A leap second (:60), which RFC 3339 allows, is refused: .NET has none.
        if (!DateTime.TryParseExact(text.AsSpan(0, 19), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var whole)
            || !TryParseFraction(text.AsSpan(19), out var nanos, out var zone)
            || !TryParseOffset(zone, out var offset))
            return false;
        var seconds = (whole.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond - offset;
        timestamp = FromNanos((Int128)seconds * Durations.NanosPerSecond + nanos);
        return !timestamp.IsError;
    }

    /// <summary>Seconds east of UTC of <c>Z</c>, <c>+05:45</c>.</summary>
    public static bool TryParseOffset(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text is "Z" or "z")
            return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[4..6], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 23 || minutes > 59)
            return false;
        seconds = (hours * 60 + minutes) * (text[0] == '-' ? -60 : 60);
        return true;
    }

    private static bool TryParseFraction(ReadOnlySpan<char> text, out int nanos, out ReadOnlySpan<char> zone)
    {
        nanos = 0;
        zone = text;
        if (!text.StartsWith("."))
            return true;
        var end = text[1..].IndexOfAnyExceptInRange('0', '9') + 1;
        if (end < 2)
            return false;
        // Digits past the ninth are cut: nothing here counts finer than nanoseconds.
        for (var i = 1; i <= 9; i++)
            nanos = nanos * 10 + (i < end ? text[i] - '0' : 0);
        zone = text[end..];
        return true;
    }
}
