using GateAction.Cel.Values;

namespace GateAction.Cel.Syntax;

/// <summary>Numbers with units, <c>500ms 1.5s 1h30m 7d 512Mi 1GiB 20MB</c>: what follows a number here is a syntax error in plain
/// CEL.</summary>
internal static class Quantity
{
    public const string Accepted =
        "durations are written with ns us ms s m h d (500ms, 1.5s, 1h30m), sizes with B kB MB GB TB or Ki Mi Gi Ti (20MB, 512Mi, 1GiB)";

    /// <summary>Where the quantity ends whose first unit starts here: <c>1h30m</c> goes on after <c>h</c>.</summary>
    public static int End(string text, int position)
    {
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_' || IsFraction(text, position)))
            position++;
        return position;
    }

    public static (Value Value, Unit Unit) Read(string text, int start, int end)
    {
        var quantity = text.AsSpan(start, end - start);
        if (QuantityNotation.Size.TryRead(quantity, out var bytes))
            return bytes == decimal.Truncate(bytes) && bytes <= long.MaxValue
                ? (Value.Int((long)bytes), Unit.Size)
                : throw new SyntaxErrorException(start, end - start, $"'{quantity}' is not a whole number of bytes that fits an int");
        if (!QuantityNotation.Duration.TryRead(quantity, out var nanos))
            throw SyntaxErrors.Unit(text, start, end);
        return nanos <= long.MaxValue && nanos == decimal.Truncate(nanos)
            ? (Durations.FromNanos((long)nanos), Unit.Duration)
            : throw new SyntaxErrorException(start, end - start, $"'{quantity}' is not a whole number of nanoseconds within 292 years");
    }

    private static bool IsFraction(string text, int position) =>
        // '1h1.5m' goes on behind the point, '5s.getSeconds()' does not.
        text[position] == '.' && char.IsAsciiDigit(text[position - 1]) && position + 1 < text.Length
        && char.IsAsciiDigit(text[position + 1]);
}
