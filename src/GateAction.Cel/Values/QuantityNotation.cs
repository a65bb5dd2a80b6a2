using System.Buffers;
using System.Globalization;

namespace GateAction.Cel.Values;

/// <summary>
/// How numbers with units are written, <c>1h30m</c> or <c>512Mi</c>. What differs from place to place is data: conditions and manifests
/// have days and sizes, CEL's <c>duration()</c> is Go's <c>time.ParseDuration</c> (langdef "Timestamps and Durations") and has neither.
/// </summary>
internal sealed record QuantityNotation(IReadOnlyList<(string Name, decimal Factor)> Units)
{
    /// <summary>Durations in a condition, in nanoseconds.</summary>
    public static readonly QuantityNotation Duration =
        new([("ns", 1), ("us", 1e3m), ("ms", 1e6m), ("s", 1e9m), ("m", 60e9m), ("h", 3600e9m), ("d", 86400e9m)]);

    /// <summary>Durations in a manifest, in nanoseconds: the larger unit first, so that a slip of the keys is seen.</summary>
    public static readonly QuantityNotation OrderedDuration =
        new([("d", 86400e9m), ("h", 3600e9m), ("m", 60e9m), ("s", 1e9m), ("ms", 1e6m)]) { IsOrdered = true };

    /// <summary>Durations in a text, in nanoseconds.</summary>
    public static readonly QuantityNotation GoDuration =
        new([("ns", 1), ("us", 1e3m), ("µs", 1e3m), ("μs", 1e3m), ("ms", 1e6m), ("s", 1e9m), ("m", 60e9m), ("h", 3600e9m)])
        { IsGo = true };

    /// <summary>Counts of bytes.</summary>
    public static readonly QuantityNotation Size = new(
    [
        ("B", 1), ("kB", 1e3m), ("KB", 1e3m), ("MB", 1e6m), ("GB", 1e9m), ("TB", 1e12m),
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40),
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
    ])
    { IsOne = true };

    /// <summary>Beyond what fits an int, within what a decimal can add up; what is more is read as this.</summary>
    private const decimal TooMuch = 1e24m;

    /// <summary>A decimal keeps so many; more would be rounded without a word.</summary>
    private const int MostDigits = 28;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>Each unit stands once at most, in the order of <see cref="Units"/>.</summary>
    public bool IsOrdered { get; private init; }

    /// <summary>One number with one unit, and no more.</summary>
    public bool IsOne { get; private init; }

    /// <summary>A sign may stand before it, a number may begin with its point, and 0 needs no unit.</summary>
    public bool IsGo { get; private init; }

    /// <summary>The text as a regular expression of JSON Schema, for the notations of a manifest.</summary>
    public string Pattern => IsOne
        ? $@"[0-9]+(\.[0-9]+)?({string.Join('|', Units.Select(unit => unit.Name))})"
        // The empty text fits it too: an editor lets that pass, the reader does not.
        : string.Concat(Units.Select(unit => $@"([0-9]+(\.[0-9]+)?{unit.Name})?"));

    public bool TryRead(ReadOnlySpan<char> text, out decimal amount)
    {
        amount = 0;
        var isNegative = IsGo && text is ['-', ..];
        var rest = isNegative || (IsGo && text is ['+', ..]) ? text[1..] : text;
        if (IsGo && rest is "0")
            return true;
        if (rest.IsEmpty)
            return false;
        for (var (parts, next) = (0, 0); !rest.IsEmpty; parts++)
        {
            if ((IsOne && parts > 0) || ReadPart(ref rest, ref next) is not { } part)
                return false;
            amount = Math.Min(amount + part, TooMuch);
        }
        amount = isNegative ? -amount : amount;
        return true;
    }

    private decimal? ReadPart(ref ReadOnlySpan<char> rest, ref int next)
    {
        var end = rest.IndexOfAnyExcept(NumberCharacters);
        if (end is <= 0 or > MostDigits || (rest[0] == '.' && !IsGo)
            || !decimal.TryParse(rest[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        rest = rest[end..];
        var length = rest.IndexOfAny(NumberCharacters) is >= 0 and var digit ? digit : rest.Length;
        for (var i = IsOrdered ? next : 0; i < Units.Count; i++)
        {
            if (!rest[..length].SequenceEqual(Units[i].Name))
                continue;
            rest = rest[length..];
            next = i + 1;
            return Math.Min(number, TooMuch / Units[i].Factor) * Units[i].Factor;
        }
        return null;
    }
}
