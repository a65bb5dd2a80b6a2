using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>Arithmetic with durations and timestamps. A duration times or divided by a number is ours: <c>baseline.api.latency.p95 *
/// 1.1</c>.</summary>
internal static class TimeCalculator
{
    public static Value? Calculate(TokenKind op, Value a, Value b) => (a.Kind, op, b.Kind) switch
    {
        (ValueKind.Duration, TokenKind.Plus, ValueKind.Duration) => Durations.FromNanos(Nanos(a) + Nanos(b)),
        (ValueKind.Duration, TokenKind.Minus, ValueKind.Duration) => Durations.FromNanos(Nanos(a) - Nanos(b)),
        (ValueKind.Duration, TokenKind.Slash, ValueKind.Duration) => Value.Double((double)Nanos(a) / (double)Nanos(b)),
        (ValueKind.Timestamp, TokenKind.Plus, ValueKind.Duration) => Timestamps.FromNanos(Timestamps.Nanos(a) + Nanos(b)),
        (ValueKind.Duration, TokenKind.Plus, ValueKind.Timestamp) => Timestamps.FromNanos(Timestamps.Nanos(b) + Nanos(a)),
        (ValueKind.Timestamp, TokenKind.Minus, ValueKind.Duration) => Timestamps.FromNanos(Timestamps.Nanos(a) - Nanos(b)),
        (ValueKind.Timestamp, TokenKind.Minus, ValueKind.Timestamp) => Durations.FromNanos(Timestamps.Nanos(a) - Timestamps.Nanos(b)),
        (ValueKind.Duration, TokenKind.Star, _) when b.IsNumber => Scale(a, Number(b)),
        (_, TokenKind.Star, ValueKind.Duration) when a.IsNumber => Scale(b, Number(a)),
        (ValueKind.Duration, TokenKind.Slash, _) when b.IsNumber => Scale(a, 1 / Number(b)),
        _ => null,
    };

    private static Int128 Nanos(Value duration) => Durations.Nanos(duration);

    private static double Number(Value value) => value.Kind switch
    {
        ValueKind.Int => value.AsInt,
        ValueKind.UInt => value.AsUInt,
        _ => value.AsDouble,
    };

    private static Value Scale(Value duration, double factor)
    {
        var nanos = Math.Round((double)Nanos(duration) * factor);
        return Math.Abs(nanos) < 9.2e18
            ? Durations.FromNanos((long)nanos)
            : Value.Error($"the duration is out of range: {Durations.Exactly(duration)} times {ValueText.Format(factor)}");
    }
}
