using System.Globalization;
using System.Text;

namespace GateAction.Cel.Values;

/// <summary>Durations as text and as nanoseconds; they are limited to what fits an int64 of nanoseconds, some 292 years (langdef
/// "Overflow").</summary>
internal static class Durations
{
    public const long NanosPerSecond = 1_000_000_000;

    private static readonly (string Unit, long Nanos)[] Exact =
        [("d", 86400 * NanosPerSecond), ("h", 3600 * NanosPerSecond), ("m", 60 * NanosPerSecond)];

    // What was measured may be longer than 292 years, for a result file claims any time: it is compared, but not calculated with.
    public static Int128 Nanos(Value duration) => (Int128)duration.Seconds * NanosPerSecond + duration.Nanos;

    /// <summary>The duration, or an error if it does not fit.</summary>
    public static Value FromNanos(Int128 nanos) =>
        nanos >= long.MinValue && nanos <= long.MaxValue
        ? Value.Duration((long)(nanos / NanosPerSecond), (int)(nanos % NanosPerSecond))
        : Value.Error("the duration is out of range: at most 292 years fit");

    /// <summary>As <c>string(d)</c> writes it: seconds with the digits that are needed, <c>0.812s</c>.</summary>
    public static string Format(Value duration)
    {
        var sign = duration.Seconds < 0 || duration.Nanos < 0 ? "-" : "";
        var seconds = duration.Seconds < 0 ? (ulong)-duration.Seconds : (ulong)duration.Seconds;
        return $"{sign}{seconds}{Fraction(Math.Abs(duration.Nanos))}s";
    }

    /// <summary>A decimal point and the digits of a part below a second that are needed; empty for 0.</summary>
    public static string Fraction(int nanos) =>
        nanos == 0 ? "" : "." + nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');

    /// <summary>All its digits, as a condition may write it: <c>812ms</c>, <c>1.5s</c>, <c>2m30s</c>, <c>7d</c>.</summary>
    public static string Exactly(Value duration)
    {
        var nanos = Nanos(duration);
        var text = new StringBuilder(nanos < 0 ? "-" : "");
        nanos = Int128.Abs(nanos);
        foreach (var (unit, size) in Exact)
        {
            if (nanos >= size)
                text.Append((long)(nanos / size)).Append(unit);
            nanos %= size;
        }
        if (nanos >= NanosPerSecond || (nanos > 0 && text.Length > 1))
            text.Append(Digits((decimal)nanos / NanosPerSecond)).Append('s');
        else if (nanos > 0)
            text.Append(nanos >= 1_000_000 ? Digits((decimal)nanos / 1_000_000) + "ms" : nanos >= 1_000
                ? Digits((decimal)nanos / 1_000) + "us"
                : $"{nanos}ns");
        return text.Length == 0 ? "0s" : text.ToString();
    }

    /// <summary>A sequence of decimal numbers with units, as Go writes durations: <c>1h30m</c>, <c>-1.5s</c>, <c>0</c>.</summary>
    public static bool TryParse(string text, out Value duration)
    {
        duration = QuantityNotation.GoDuration.TryRead(text, out var nanos) ? FromNanos((Int128)nanos) : Value.Error("no duration");
        return !duration.IsError;
    }

    private static string Digits(decimal number) => number.ToString("0.#########", CultureInfo.InvariantCulture);
}
