using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary><c>test ? then : otherwise</c>; only the branch taken is evaluated.</summary>
internal sealed class Conditional(int start, int end, Expr test, Expr then, Expr otherwise) : Expr(start, end, test, then, otherwise)
{
    public Expr Test => test;

    public override IReadOnlyList<Expr> Children => [test, then, otherwise];

    public Expr Branch(bool holds) => holds ? then : otherwise;

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var value = test.Evaluate(frame, out support);
        if (value.IsError)
            return value;
        if (value.Kind != ValueKind.Bool)
            return Value.Error(EvaluationErrors.NotBool(frame, test, value));
        var result = Branch(value.AsBool).Evaluate(frame, out var branchSupport);
        support |= branchSupport;
        return result;
    }
}
