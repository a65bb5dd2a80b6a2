using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>The parts of timestamps, in UTC or a time zone, and of durations (langdef "Date/Time Functions").</summary>
internal static class TimeFunctions
{
    public static IReadOnlyList<Function> All =>
    [
        OfTimestamp("getFullYear", "The year", time => time.Year),
        OfTimestamp("getMonth", "The month, from 0", time => time.Month - 1),
        OfTimestamp("getDate", "The day of the month, from 1", time => time.Day),
        OfTimestamp("getDayOfMonth", "The day of the month, from 0", time => time.Day - 1),
        OfTimestamp("getDayOfWeek", "The day of the week, from 0 for Sunday", time => (int)time.DayOfWeek),
        OfTimestamp("getDayOfYear", "The day of the year, from 0", time => time.DayOfYear - 1),
        OfBoth("getHours", "The hour; of a duration all its whole hours", time => time.Hour, nanos =>
            (long)(nanos / (3600 * Durations.NanosPerSecond))),
        OfBoth("getMinutes", "The minute; of a duration all its whole minutes", time => time.Minute, nanos =>
            (long)(nanos / (60 * Durations.NanosPerSecond))),
        OfBoth("getSeconds", "The second; of a duration all its whole seconds", time => time.Second, nanos =>
            (long)(nanos / Durations.NanosPerSecond)),
        // Alone of the four it counts within its second, also for a duration: so say the official cases.
        OfBoth("getMilliseconds", "The milliseconds within the second", time => time.Millisecond, nanos =>
            (long)(nanos / 1_000_000 % 1000)),
    ];

    private static Function OfTimestamp(string name, string description, Func<DateTime, int> part) =>
        new(name, true, description + ", in UTC or a time zone ('Europe/Paris', '+01:00')", Timestamp(part));

    private static Function OfBoth(string name, string description, Func<DateTime, int> ofTime, Func<Int128, long> ofNanos) =>
        new(name, true, description,
        [
            .. Timestamp(ofTime),
            new Overload([Kinds.Duration], Kinds.Int, (_, x) => Value.Int(ofNanos(Durations.Nanos(x[0])))),
        ]);

    private static Overload[] Timestamp(Func<DateTime, int> part) =>
    [
        new([Kinds.Timestamp], Kinds.Int, (_, x) => Value.Int(part(Timestamps.ToDateTime(x[0])))),
        new([Kinds.Timestamp, Kinds.String], Kinds.Int, (_, x) => InZone(x[0], x[1].AsString) is { } time
            ? Value.Int(part(time))
            : Value.Error($"'{x[1].AsString}' is not a time zone that is known here; write 'Europe/Paris', 'UTC' or '+01:00'")),
    ];

    /// <summary>The wall clock in the zone, kept within the years that a <see cref="DateTime"/> has; null if there is no such
    /// zone.</summary>
    private static DateTime? InZone(Value timestamp, string zone)
    {
        var time = Timestamps.ToDateTime(timestamp);
        // langdef lets an offset go without its plus: '02:00'.
        var text = zone.StartsWith('+') || zone.StartsWith('-') ? zone : "+" + zone;
        if (Timestamps.TryParseOffset(text, out var seconds))
            return Shift(time, TimeSpan.FromSeconds(seconds));
        if (zone is "UTC" or "GMT" or "Z")
            return time;
        return zone.AsSpan().ContainsAnyExcept(ZoneCharacters) || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info)
            ? null
            : Shift(time, info.GetUtcOffset(time));
    }

    // The system looks for a file of that name: without a dot it cannot lead out of the folder of time zones.
    private static readonly System.Buffers.SearchValues<char> ZoneCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-");

    private static DateTime Shift(DateTime time, TimeSpan offset)
    {
        var ticks = time.Ticks + offset.Ticks;
        return new DateTime(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);
    }
}
