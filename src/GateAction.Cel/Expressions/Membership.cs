using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary><c>item in container</c>: an element of a list or a key of a map.</summary>
internal sealed class Membership(int start, int end, Expr item, Expr container) : Expr(start, end, item, container)
{
    public Expr Item => item;

    public Expr Container => container;

    public override IReadOnlyList<Expr> Children => [item, container];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var a = item.Evaluate(frame, out support);
        if (a.IsError)
            return a;
        var b = container.Evaluate(frame, out var containerSupport);
        if (b.IsError)
        {
            support = containerSupport;
            return b;
        }
        support |= containerSupport;
        return b.Kind switch
        {
            ValueKind.List => Contains(frame, b.AsList, a),
            ValueKind.Map when b.AsMap.TryGet(a, out _) => Value.True,
            ValueKind.Map => a.IsWithheld || b.AsMap.HasWithheldKeys ? Hidden(frame) : Value.False,
            _ when b.IsWithheld => Hidden(frame),
            _ => Value.Error($"'in' looks into a list or a map; {EvaluationErrors.Was(frame, container, b)}"),
        };
    }

    private Value Hidden(Frame frame) => Value.Error(EvaluationErrors.Withheld(frame, this));

    private Value Contains(Frame frame, IReadOnlyList<Value> items, Value item)
    {
        (Value A, Value B)? unsettled = null;
        var isHidden = false;
        for (var i = 0; i < items.Count; i++)
        {
            if (!frame.Spend(1) || !frame.SpendToCompare(item, items[i]))
                return Frame.Exhausted;
            // On to the end: an element that is equal for sure decides, whatever stands before it.
            if (Withheld.Hides(items[i], item))
                isHidden = true;
            else if (ValueOrder.Unsettled(items[i], item) is { } pair)
                unsettled = pair;
            else if (ValueOrder.AreEqual(items[i], item))
                return Value.True;
        }
        return isHidden ? Hidden(frame)
            : unsettled is var (one, other) ? Value.Error(ExactNumbers.Problem(one, other))
            : Value.False;
    }
}
