using GateAction.Cel.Functions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>Arithmetic on values (langdef "Arithmetic Operators"); integers do not wrap. Beyond CEL, a duration can be multiplied and
/// divided.</summary>
internal static class Calculator
{
    public static string Symbol(TokenKind op) => op switch
    {
        TokenKind.Plus => "+",
        TokenKind.Minus => "-",
        TokenKind.Star => "*",
        TokenKind.Slash => "/",
        _ => "%",
    };

    /// <summary>Null if the operator does not take these types.</summary>
    public static Value? Calculate(TokenKind op, Value a, Value b, Frame frame) => (a.Kind, b.Kind) switch
    {
        _ when a.IsWithheld || b.IsWithheld => null,
        _ when (a.Exact ?? b.Exact) is not null => Value.Error(ExactNumbers.Problem(a, b)),
        (ValueKind.Int, ValueKind.Int) => Ints(op, a.AsInt, b.AsInt),
        (ValueKind.UInt, ValueKind.UInt) => UInts(op, a.AsUInt, b.AsUInt),
        (ValueKind.Double, ValueKind.Double) => Doubles(op, a.AsDouble, b.AsDouble),
        (ValueKind.Duration or ValueKind.Timestamp, _) or (_, ValueKind.Duration or ValueKind.Timestamp) =>
            TimeCalculator.Calculate(op, a, b),
        _ when op == TokenKind.Plus => Concatenate(a, b, frame),
        _ => null,
    };

    private static Value? Ints(TokenKind op, long a, long b)
    {
        if (b == 0 && op is TokenKind.Slash or TokenKind.Percent)
            return Value.Error(op == TokenKind.Slash ? $"division by zero: {a} / 0" : $"remainder by zero: {a} % 0");
        // The processor traps on it, 'checked' or not; 2^63 fits no int.
        if (b == -1 && a == long.MinValue && op is TokenKind.Slash or TokenKind.Percent)
            return Overflow(op, a, b);
        try
        {
            return Value.Int(op switch
            {
                TokenKind.Plus => checked(a + b),
                TokenKind.Minus => checked(a - b),
                TokenKind.Star => checked(a * b),
                TokenKind.Slash => a / b,
                _ => a % b,
            });
        }
        catch (OverflowException)
        {
            return Overflow(op, a, b);
        }
    }

    private static Value? UInts(TokenKind op, ulong a, ulong b)
    {
        if (b == 0 && op is TokenKind.Slash or TokenKind.Percent)
            return Value.Error(op == TokenKind.Slash ? $"division by zero: {a}u / 0u" : $"remainder by zero: {a}u % 0u");
        try
        {
            return Value.UInt(op switch
            {
                TokenKind.Plus => checked(a + b),
                TokenKind.Minus => checked(a - b),
                TokenKind.Star => checked(a * b),
                TokenKind.Slash => a / b,
                _ => a % b,
            });
        }
        catch (OverflowException)
        {
            return Value.Error($"integer overflow: {a}u {Symbol(op)} {b}u does not fit a uint");
        }
    }

    private static Value? Doubles(TokenKind op, double a, double b) => op switch
    {
        TokenKind.Plus => Value.Double(a + b),
        TokenKind.Minus => Value.Double(a - b),
        TokenKind.Star => Value.Double(a * b),
        // By zero it is infinite or NaN, as langdef has it for doubles. 'ratio' is there for who wants an error.
        TokenKind.Slash => Value.Double(a / b),
        _ => null,
    };

    private static Value? Concatenate(Value a, Value b, Frame frame)
    {
        switch (a.Kind, b.Kind)
        {
            case (ValueKind.String, ValueKind.String):
                return frame.Spend(((long)a.AsString.Length + b.AsString.Length) / 8)
                    ? Value.String(a.AsString + b.AsString)
                    : Frame.Exhausted;
            case (ValueKind.Bytes, ValueKind.Bytes):
                return frame.Spend(((long)a.AsBytes.Length + b.AsBytes.Length) / 8)
                    ? Value.Bytes([.. a.AsBytes.Span, .. b.AsBytes.Span])
                    : Frame.Exhausted;
            case (ValueKind.List, ValueKind.List):
                return frame.SpendFor(a) && frame.SpendFor(b) ? Value.List([.. a.AsList, .. b.AsList]) : Frame.Exhausted;
            default:
                return null;
        }
    }

    private static Value Overflow(TokenKind op, long a, long b) =>
        Value.Error($"integer overflow: {a} {Symbol(op)} {b} does not fit an int");
}

/// <summary>Arithmetic with durations and timestamps. A duration times or divided by a number is ours: <c>baseline.api.latency.p95 *
/// 1.1</c>.</summary>
internal static class TimeCalculator
{
    public static Value? Calculate(TokenKind op, Value a, Value b) => (a.Kind, op, b.Kind) switch
    {
        (ValueKind.Duration, TokenKind.Plus, ValueKind.Duration) => Durations.FromNanos(Durations.Nanos(a) + Durations.Nanos(b)),
        (ValueKind.Duration, TokenKind.Minus, ValueKind.Duration) => Durations.FromNanos(Durations.Nanos(a) - Durations.Nanos(b)),
        (ValueKind.Duration, TokenKind.Slash, ValueKind.Duration) => Durations.Nanos(b) == 0
            ? Value.Error($"division by zero: {Durations.Exactly(a)} / 0s")
            : Value.Double((double)Durations.Nanos(a) / (double)Durations.Nanos(b)),
        (ValueKind.Timestamp, TokenKind.Plus, ValueKind.Duration) => Timestamps.FromNanos(Timestamps.Nanos(a) + Durations.Nanos(b)),
        (ValueKind.Duration, TokenKind.Plus, ValueKind.Timestamp) => Timestamps.FromNanos(Timestamps.Nanos(b) + Durations.Nanos(a)),
        (ValueKind.Timestamp, TokenKind.Minus, ValueKind.Duration) => Timestamps.FromNanos(Timestamps.Nanos(a) - Durations.Nanos(b)),
        (ValueKind.Timestamp, TokenKind.Minus, ValueKind.Timestamp) => Durations.FromNanos(Timestamps.Nanos(a) - Timestamps.Nanos(b)),
        (ValueKind.Duration, TokenKind.Star, _) when b.IsNumber => Scale(a, Number(b)),
        (_, TokenKind.Star, ValueKind.Duration) when a.IsNumber => Scale(b, Number(a)),
        (ValueKind.Duration, TokenKind.Slash, _) when b.IsNumber => Scale(a, 1 / Number(b)),
        _ => null,
    };

    private static double Number(Value value) => value.Kind switch
    {
        ValueKind.Int => value.AsInt,
        ValueKind.UInt => value.AsUInt,
        _ => value.AsDouble,
    };

    private static Value Scale(Value duration, double factor)
    {
        var nanos = Math.Round((double)Durations.Nanos(duration) * factor);
        // long.MaxValue is 9.22e18, and no double near it is exact: one that is compared with it may have been rounded down.
        return Math.Abs(nanos) < 9.2e18
            ? Durations.FromNanos((long)nanos)
            : Value.Error($"the duration is out of range: {Durations.Exactly(duration)} times {ValueText.Format(factor)}");
    }
}
