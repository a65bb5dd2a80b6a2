using System.Globalization;
using GateAction.Cel.Expressions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Parsing;

/// <summary>The value of a number's token, with the minus before it.</summary>
internal static class NumberLiteral
{
    public static Literal Read(string text, int start, Token token, bool isNegative)
    {
        var span = text.AsSpan(token.Start, token.Length);
        switch (token.Kind)
        {
            case TokenKind.Int:
                return new(start, token.End, Int(start, token, span, isNegative));
            case TokenKind.UInt:
                return new(start, token.End, Value.UInt(Magnitude(start, token, span[..^1])));
            case TokenKind.Double:
                return new(start, token.End, Double(start, token, span, isNegative));
            default:
                var (value, unit) = Quantity.Read(text, token.Start, token.End);
                return new(start, token.End, isNegative ? Negative(value) : value, unit);
        }
    }

    /// <summary><c>95%</c> is the double nearest to 0.95.</summary>
    public static Literal Percent(string text, int start, Token token, int end, bool isNegative)
    {
        var number = Read(text, start, token, isNegative);
        var digits = text.AsSpan(token.Start, token.Length);
        var value = digits.ContainsAny('x', 'e', 'E')
            ? (number.Value.Kind == ValueKind.Int ? number.Value.AsInt : number.Value.AsDouble) / 100
            // A division would round a second time: 1.1 / 100 is 0.011000000000000001.
            : double.Parse($"{(isNegative ? "-" : "")}{digits}e-2", NumberStyles.Float, CultureInfo.InvariantCulture);
        return new Literal(start, end, Value.Double(value), Unit.Percent);
    }

    private static Value Int(int start, Token token, ReadOnlySpan<char> digits, bool isNegative)
    {
        var magnitude = Magnitude(start, token, digits);
        // The smallest int has no positive counterpart: its minus has to be read with it.
        if (magnitude > long.MaxValue + (isNegative ? 1UL : 0UL))
            throw new SyntaxErrorException(start, token.End - start,
                $"'{digits}' does not fit an int; write a double ({digits}.0) or a uint ({digits}u)");
        return Value.Int(unchecked(isNegative ? -(long)magnitude : (long)magnitude));
    }

    private static ulong Magnitude(int start, Token token, ReadOnlySpan<char> digits)
    {
        var isHex = digits.StartsWith("0x");
        return ulong.TryParse(isHex ? digits[2..] : digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new SyntaxErrorException(start, token.End - start, $"'{ValueText.Cut(digits.ToString(), 40)}' does not fit 64 bits");
    }

    private static Value Double(int start, Token token, ReadOnlySpan<char> digits, bool isNegative)
    {
        var number = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? Value.Double(isNegative ? -number : number)
            : throw new SyntaxErrorException(start, token.End - start, $"'{ValueText.Cut(digits.ToString(), 40)}' does not fit a double");
    }

    private static Value Negative(Value value) =>
        value.Kind == ValueKind.Int ? Value.Int(-value.AsInt) : Durations.FromNanos(-Durations.Nanos(value));
}
