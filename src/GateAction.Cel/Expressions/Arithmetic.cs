using GateAction.Cel.Functions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary><c>+ - * / %</c>.</summary>
internal sealed class Arithmetic(int start, int end, TokenKind op, Expr left, Expr right) : Expr(start, end, left, right)
{
    public TokenKind Operator => op;

    public Expr Left => left;

    public Expr Right => right;

    public override IReadOnlyList<Expr> Children => [left, right];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var a = left.Evaluate(frame, out support);
        if (a.IsError)
            return a;
        var b = right.Evaluate(frame, out var rightSupport);
        if (b.IsError)
        {
            support = rightSupport;
            return b;
        }
        support |= rightSupport;
        if (Calculator.Calculate(op, a, b, frame) is { } value)
            return value.IsError ? EvaluationErrors.At(frame, this, value) : value;
        return Value.Error(EvaluationErrors.Operands(frame, this, Calculator.Symbol(op), a, b));
    }
}
