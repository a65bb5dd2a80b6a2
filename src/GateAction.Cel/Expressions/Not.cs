using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

internal sealed class Not(int start, int end, Expr operand) : Expr(start, end, operand)
{
    public Expr Operand => operand;

    public override IReadOnlyList<Expr> Children => [operand];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var value = operand.Evaluate(frame, out support);
        return value.Kind switch
        {
            ValueKind.Bool => Value.Bool(!value.AsBool),
            ValueKind.Error => value,
            _ => Value.Error(EvaluationErrors.NotBool(frame, operand, value)),
        };
    }
}
