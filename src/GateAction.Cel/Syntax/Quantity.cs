using System.Globalization;
using GateAction.Cel.Values;

namespace GateAction.Cel.Syntax;

/// <summary>Numbers with units, <c>500ms 1.5s 1h30m 7d 512Mi 1GiB 20MB</c>: what follows a number here is a syntax error in plain
/// CEL.</summary>
internal static class Quantity
{
    public const string Accepted =
        "durations are written with ns us ms s m h d (500ms, 1.5s, 1h30m), sizes with B kB MB GB TB or Ki Mi Gi Ti (20MB, 512Mi, 1GiB)";

    /// <summary>Beyond what fits an int, within what a decimal can add up.</summary>
    private const decimal TooMuch = 1e24m;

    private static readonly (string Name, decimal Nanos)[] DurationUnits =
        [("ns", 1), ("us", 1e3m), ("ms", 1e6m), ("s", 1e9m), ("m", 60e9m), ("h", 3600e9m), ("d", 86400e9m)];

    private static readonly (string Name, decimal Bytes)[] SizeUnits =
    [
        ("B", 1), ("kB", 1e3m), ("KB", 1e3m), ("MB", 1e6m), ("GB", 1e9m), ("TB", 1e12m),
        ("Ki", 1024), ("Mi", 1048576), ("Gi", 1073741824), ("Ti", 1099511627776m),
        ("KiB", 1024), ("MiB", 1048576), ("GiB", 1073741824), ("TiB", 1099511627776m),
    ];

    /// <summary>Where the quantity ends whose first unit starts here: <c>1h30m</c> goes on after <c>h</c>.</summary>
    public static int End(string text, int position)
    {
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_' || IsFraction(text, position)))
            position++;
        return position;
    }

    public static (Value Value, Unit Unit) Read(string text, int start, int end)
    {
        var rest = text.AsSpan(start, end - start);
        if (TryReadSize(rest, out var bytes))
            return bytes == decimal.Truncate(bytes) && bytes <= long.MaxValue
                ? (Value.Int((long)bytes), Unit.Size)
                : throw new SyntaxErrorException(start, end - start, $"'{rest}' is not a whole number of bytes that fits an int");
        decimal nanos = 0;
        while (!rest.IsEmpty)
        {
            if (!TryReadPart(ref rest, DurationUnits, out var part))
                throw SyntaxErrors.Unit(text, start, end);
            nanos += part;
        }
        return nanos <= long.MaxValue && nanos == decimal.Truncate(nanos)
            ? (Durations.FromNanos((long)nanos), Unit.Duration)
            : throw new SyntaxErrorException(start, end - start,
            $"'{text[start..end]}' is not a whole number of nanoseconds within 292 years");
    }

    private static bool TryReadSize(ReadOnlySpan<char> rest, out decimal bytes) =>
        TryReadPart(ref rest, SizeUnits, out bytes) && rest.IsEmpty;

    private static bool TryReadPart(ref ReadOnlySpan<char> rest, (string Name, decimal Factor)[] units, out decimal amount)
    {
        amount = 0;
        var digits = 0;
        while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
            digits++;
        if (digits is 0 or > 20
            || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        var letters = digits;
        while (letters < rest.Length && char.IsAsciiLetter(rest[letters]))
            letters++;
        foreach (var (name, factor) in units)
        {
            if (!rest[digits..letters].SequenceEqual(name))
                continue;
            amount = Math.Min(number, TooMuch / factor) * factor;
            rest = rest[letters..];
            return true;
        }
        return false;
    }

    private static bool IsFraction(string text, int position) =>
        text[position] == '.' && char.IsAsciiDigit(text[position - 1]) && position + 1 < text.Length
        && char.IsAsciiDigit(text[position + 1]);
}
