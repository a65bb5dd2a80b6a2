using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

internal sealed class Negate(int start, int end, Expr operand) : Expr(start, end, operand)
{
    public Expr Operand => operand;

    public override IReadOnlyList<Expr> Children => [operand];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var value = operand.Evaluate(frame, out support);
        return value.Kind switch
        {
            ValueKind.Int when value.AsInt != long.MinValue => Value.Int(-value.AsInt),
            ValueKind.Int => Value.Error("integer overflow: the negative of the smallest int does not fit"),
            ValueKind.Double when value.Exact is not null => Value.Error(ExactNumbers.Problem(value, value)),
            ValueKind.Double => Value.Double(-value.AsDouble),
            ValueKind.Duration => Durations.FromNanos(-(Int128)Durations.Nanos(value)),
            ValueKind.Error => value,
            _ => Value.Error($"'-' takes an int, a double or a duration; {EvaluationErrors.Was(frame, operand, value)}"),
        };
    }
}
