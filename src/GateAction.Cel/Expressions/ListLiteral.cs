using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

internal sealed class ListLiteral(int start, int end, Expr[] items) : Expr(start, end, items)
{
    public override IReadOnlyList<Expr> Children => items;

    public override Value Evaluate(Frame frame, out ulong support)
    {
        support = 0;
        var values = new Value[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = items[i].Evaluate(frame, out var itemSupport);
            support |= itemSupport;
            if (values[i].IsError)
            {
                support = itemSupport;
                return values[i];
            }
            if (!frame.SpendFor(values[i]))
                return Frame.Exhausted;
        }
        return Value.List(values);
    }
}
