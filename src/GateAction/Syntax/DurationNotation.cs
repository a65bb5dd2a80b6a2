using System.Globalization;
using System.Text;

namespace GateAction.Syntax;

/// <summary>Durations as conditions write them too: whole or decimal numbers with <c>d h m s ms</c>, the larger unit first.</summary>
internal static class DurationNotation
{
    public const string Pattern =
        @"^([0-9]+(\.[0-9]+)?d)?([0-9]+(\.[0-9]+)?h)?([0-9]+(\.[0-9]+)?m)?([0-9]+(\.[0-9]+)?s)?([0-9]+(\.[0-9]+)?ms)?$";

    /// <summary>Longer ones could not be taken off a date.</summary>
    private static readonly TimeSpan Max = TimeSpan.FromDays(3650);

    private static readonly Unit[] Units =
    [
        new("d", TimeSpan.TicksPerDay),
        new("h", TimeSpan.TicksPerHour),
        new("m", TimeSpan.TicksPerMinute),
        new("s", TimeSpan.TicksPerSecond),
        new("ms", TimeSpan.TicksPerMillisecond),
    ];

    public static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var (at, nextUnit, total) = (0, 0, 0m);
        while (at < text.Length)
        {
            var numberEnd = Skip(text, at, c => char.IsAsciiDigit(c) || c == '.');
            var unitEnd = Skip(text, numberEnd, char.IsAsciiLetter);
            var unit = Array.FindIndex(Units, nextUnit, candidate => candidate.Name == text[numberEnd..unitEnd]);
            if (unit < 0 || text[at] == '.'
                || !decimal.TryParse(text.AsSpan(at, numberEnd - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number))
                return false;
            if (number > Max.Ticks)
                return false;
            total += number * Units[unit].Ticks;
            (at, nextUnit) = (unitEnd, unit + 1);
        }
        if (text.Length == 0 || total > Max.Ticks)
            return false;
        value = TimeSpan.FromTicks((long)total);
        return true;
    }

    public static string Format(TimeSpan value)
    {
        var text = new StringBuilder();
        var rest = value.Ticks;
        foreach (var (name, ticks) in Units)
        {
            if (rest >= ticks)
                text.Append(CultureInfo.InvariantCulture, $"{rest / ticks}{name}");
            rest %= ticks;
        }
        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static int Skip(string text, int at, Func<char, bool> accepts)
    {
        while (at < text.Length && accepts(text[at]))
            at++;
        return at;
    }

    private sealed record Unit(string Name, long Ticks);
}
