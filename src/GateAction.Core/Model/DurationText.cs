namespace GateAction.Core.Model;

/// <summary>A duration for people: three digits, the unit that fits (<c>812 ms</c>, <c>5.05 s</c>, <c>12 m 04 s</c>, <c>3 h 20 m</c>).</summary>
public static class DurationText
{
    public static string Of(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
            return "-" + Of(duration.Negate());
        return duration.TotalSeconds switch
        {
            0 => "0 s",
            < 0.001 => $"{duration.TotalMicroseconds:0} µs",
            < 0.010 => $"{duration.TotalMilliseconds:0.##} ms",
            < 0.100 => $"{duration.TotalMilliseconds:0.#} ms",
            < 0.9995 => $"{duration.TotalMilliseconds:0} ms",
            < 9.995 => $"{duration.TotalSeconds:0.##} s",
            < 59.95 => $"{duration.TotalSeconds:0.#} s",
            < 3600 => $"{(int)duration.TotalMinutes} m {duration.Seconds:00} s",
            < 86400 => $"{(int)duration.TotalHours} h {duration.Minutes:00} m",
            _ => $"{(int)duration.TotalDays} d {duration.Hours} h",
        };
    }
}
