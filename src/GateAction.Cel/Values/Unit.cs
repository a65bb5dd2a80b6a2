using System.Globalization;

namespace GateAction.Cel.Values;

/// <summary>
/// What a number stands for: the unit a literal is written with, or the one that a fact is declared in. It tells how the number is shown. A
/// percentage is read by the parser, since only it knows that a remainder cannot be meant.
/// </summary>
public enum Unit
{
    None,
    Duration,
    Size,
    Percent,
    Timestamp,
}

/// <summary>
/// How people read a duration, a share and a size, the same in every report and in the notation of a condition: <c>812ms</c>, <c>12m4s</c>,
/// <c>93.1%</c>, <c>700Mi</c>.
/// </summary>
public static class UnitText
{
    private static readonly (string Name, double Bytes)[] Sizes =
        [("Ti", 1099511627776), ("Gi", 1073741824), ("Mi", 1048576), ("Ki", 1024)];

    private static readonly (string Name, long Seconds)[] LongTimes = [("d", 86400), ("h", 3600), ("m", 60), ("s", 1)];

    private static readonly (string Name, double Nanos)[] ShortTimes = [("ns", 1), ("us", 1e3), ("ms", 1e6), ("s", 1e9)];

    /// <summary>Three digits, or from a minute on the two largest units.</summary>
    public static string Duration(TimeSpan duration) => Duration((Int128)duration.Ticks * 100);

    /// <summary>To the second, in UTC (RFC 3339).</summary>
    public static string Second(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>To the minute, in UTC.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The day, in UTC.</summary>
    public static string Date(DateTimeOffset time) => Date(DateOnly.FromDateTime(time.UtcDateTime));

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>One decimal, rounded down: a share that is not whole never reads as 100%, and one that is not nothing never as
    /// 0%.</summary>
    public static string Ratio(double ratio)
    {
        var percent = Percent(ratio);
        if (percent == 0 && ratio > 0)
            return (ratio * 100).ToString("G1", CultureInfo.InvariantCulture) is var small && small.Contains('E')
                ? "<0.0001%"
                : small + "%";
        return percent.ToString("0.#", CultureInfo.InvariantCulture) + "%";
    }

    /// <summary>The number of <see cref="Ratio"/> alone, for machines.</summary>
    public static double Percent(double ratio) =>
        // 0.7 + 0.1 is 0.7999999999999999 as a sum of doubles, and 80% to everybody.
        Math.Floor((ratio * 1000) + 1e-6) / 10;

    public static string Size(double bytes)
    {
        foreach (var (name, size) in Sizes)
        {
            if (Math.Abs(bytes) >= size)
                return (bytes / size).ToString("0.##", CultureInfo.InvariantCulture) + name;
        }
        return bytes.ToString("0.##", CultureInfo.InvariantCulture) + "B";
    }

    /// <summary>A value in its unit: 0.9312 is <c>93.1%</c> where it is a share.</summary>
    public static string Of(Value value, Unit unit = Unit.None) => (unit, value.Kind) switch
    {
        (_, ValueKind.Duration) => Duration(Durations.Nanos(value)),
        (Unit.Percent, _) when Number(value) is { } ratio => Ratio(ratio),
        (Unit.Size, _) when Number(value) is { } bytes && Math.Abs(bytes) < 1e18 => Size(bytes),
        _ => ValueText.Short(value),
    };

    /// <summary>With all its digits, for a value that would read like another one which it is not: 499.6ms beside 500ms.</summary>
    internal static string Exactly(Value value, Unit unit) => (unit, value.Kind) switch
    {
        (_, ValueKind.Duration) => Durations.Exactly(value),
        (Unit.Percent, _) when Number(value) is { } ratio => Digits(ratio * 100) + "%",
        (Unit.Size, _) when Number(value) is { } bytes && Math.Abs(bytes) < 1e18 => Digits(bytes) + "B",
        _ => ValueText.Short(value),
    };

    internal static string Duration(Int128 nanos)
    {
        if (nanos < 0)
            return "-" + Duration(-nanos);
        if (nanos == 0)
            return "0s";
        // From here on three digits would read 60.0s.
        if (nanos >= 59_950_000_000)
            return LongDuration((long)((nanos + 500_000_000) / 1_000_000_000));
        foreach (var (name, size) in ShortTimes)
        {
            var number = (double)nanos / size;
            var rounded = Math.Round(number, number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2);
            if (rounded < 1000)
                return rounded.ToString("0.##", CultureInfo.InvariantCulture) + name;
        }
        return LongDuration((long)(nanos / 1_000_000_000));
    }

    private static string LongDuration(long seconds)
    {
        var at = Array.FindIndex(LongTimes, unit => seconds >= unit.Seconds);
        var (name, size) = LongTimes[at];
        var rest = at + 1 < LongTimes.Length ? seconds % size / LongTimes[at + 1].Seconds : 0;
        return $"{seconds / size}{name}{(rest > 0 ? $"{rest}{LongTimes[at + 1].Name}" : "")}";
    }

    private static double? Number(Value value) => value.Kind switch
    {
        ValueKind.Int => value.AsInt,
        ValueKind.UInt => value.AsUInt,
        ValueKind.Double when double.IsFinite(value.AsDouble) => value.AsDouble,
        _ => null,
    };

    private static string Digits(double number) => ValueText.Format(Math.Round(number, 9));
}
