using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>A constant. The unit it was written with tells how to show what it is compared with.</summary>
internal sealed class Literal(int start, int end, Value value, Unit unit = Unit.None) : Expr(start, end)
{
    public Value Value => value;

    public Unit Unit => unit;

    public override IReadOnlyList<Expr> Children => [];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        support = 0;
        return value;
    }
}
