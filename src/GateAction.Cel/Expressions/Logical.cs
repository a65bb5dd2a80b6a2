using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>
/// A chain of <c>&amp;&amp;</c> or of <c>||</c>. One operand that decides (false for <c>&amp;&amp;</c>, true for <c>||</c>) makes the
/// value, whatever the others end in, errors included (langdef "Logical Operators").
/// </summary>
internal sealed class Logical(int start, int end, bool isAnd, Expr[] operands) : Expr(start, end, operands)
{
    public bool IsAnd => isAnd;

    public override IReadOnlyList<Expr> Children => operands;

    public override Value Evaluate(Frame frame, out ulong support)
    {
        support = 0;
        ulong errorSupport = 0;
        Value? error = null;
        foreach (var operand in operands)
        {
            var value = operand.Evaluate(frame, out var operandSupport);
            if (value.Kind == ValueKind.Bool && value.AsBool != isAnd)
            {
                // What the others read does not count: the value would be the same without them.
                support = operandSupport;
                return value;
            }
            support |= operandSupport;
            if (value.Kind == ValueKind.Bool)
                continue;
            errorSupport |= operandSupport;
            error ??= value.IsError ? value : Value.Error(EvaluationErrors.NotBool(frame, operand, value));
        }
        if (error is null)
            return Value.Bool(isAnd);
        support = errorSupport;
        return error.Value;
    }
}
