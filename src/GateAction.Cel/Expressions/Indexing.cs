using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary><c>operand[key]</c>: an element of a list, counted from 0, or the value of a map under any key.</summary>
internal sealed class Indexing(int start, int end, Expr operand, Expr key) : Expr(start, end, operand, key)
{
    public Expr Operand => operand;

    public Expr Key => key;

    public override IReadOnlyList<Expr> Children => [operand, key];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var target = operand.Evaluate(frame, out support);
        if (target.IsError)
            return target;
        var at = key.Evaluate(frame, out var keySupport);
        if (at.IsError)
        {
            support = keySupport;
            return at;
        }
        support |= keySupport;
        return target.Kind switch
        {
            ValueKind.Map => target.AsMap.TryGet(at, out var value)
                ? value
                : Value.Error(EvaluationErrors.MissingKey(frame, this, target.AsMap, at)),
            ValueKind.List => Element(frame, target.AsList, at),
            _ => Value.Error(EvaluationErrors.NotIndexable(frame, this, target)),
        };
    }

    private Value Element(Frame frame, IReadOnlyList<Value> items, Value at)
    {
        var index = at.Kind switch
        {
            ValueKind.Int => at.AsInt,
            ValueKind.UInt => (long)Math.Min(at.AsUInt, long.MaxValue),
            ValueKind.Double when Math.Floor(at.AsDouble) == at.AsDouble && Math.Abs(at.AsDouble) < int.MaxValue => (long)at.AsDouble,
            _ => -1,
        };
        return index >= 0 && index < items.Count
            ? items[(int)index]
            : Value.Error(EvaluationErrors.OutOfBounds(frame, this, items.Count, at));
    }
}
