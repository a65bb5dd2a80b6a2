using System.Globalization;
using GateAction.Cel.Values;

namespace GateAction.Syntax;

/// <summary>Durations as conditions write them too: whole or decimal numbers with <c>d h m s ms</c>, the larger unit first.</summary>
internal static class DurationNotation
{
    /// <summary>Longer ones could not be taken off a date.</summary>
    private static readonly TimeSpan Max = TimeSpan.FromDays(3650);

    public static string Pattern => $"^{QuantityNotation.OrderedDuration.Pattern}$";

    public static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (!QuantityNotation.OrderedDuration.TryRead(text, out var nanos) || nanos / 100 > Max.Ticks)
            return false;
        value = TimeSpan.FromTicks((long)(nanos / 100));
        return true;
    }

    public static string Format(TimeSpan value) => Durations.Exactly(Value.Duration(value));
}

/// <summary>Counts of bytes as conditions write them too: <c>Ki Mi Gi Ti</c> (and with B) are powers of 1024, <c>kB MB GB TB</c> of
/// 1000; without a unit they are bytes.</summary>
internal static class SizeNotation
{
    // Binary ones alone: with them a count of bytes is shown without a fraction, or as it is.
    private static readonly string[] Written = ["TiB", "GiB", "MiB", "KiB"];

    public static string Pattern => $"^{QuantityNotation.Size.Pattern}?$";

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var isBare = text.Length > 0 && (char.IsAsciiDigit(text[^1]) || text[^1] == '.');
        if (!QuantityNotation.Size.TryRead(isBare ? text + "B" : text, out var amount) || amount > long.MaxValue)
            return false;
        bytes = (long)amount;
        return true;
    }

    public static string Format(long bytes)
    {
        var (name, factor) = QuantityNotation.Size.Units.Where(unit => Written.Contains(unit.Name) && bytes >= unit.Factor)
            .LastOrDefault(unit => bytes % unit.Factor == 0);
        return name is null ? bytes.ToString(CultureInfo.InvariantCulture) : $"{bytes / (long)factor}{name}";
    }
}
