using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>The macros <c>all</c>, <c>exists</c> (which absorb errors as <c>&amp;&amp;</c> and <c>||</c> do) and <c>exists_one</c> (which
/// does not).</summary>
internal sealed class Quantifier(int start, int end, QuantifierKind kind, Iteration iteration, Expr predicate)
    : Expr(start, end, iteration.Range, predicate)
{
    public QuantifierKind Kind => kind;

    public Iteration Iteration => iteration;

    public Expr Predicate => predicate;

    public override IReadOnlyList<Expr> Children => [iteration.Range, predicate];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var range = iteration.Open(frame, out support);
        if (range.IsError)
            return range;
        return kind == QuantifierKind.ExistsOne ? EvaluateOne(frame, range, ref support) : EvaluateAbsorbing(frame, range, ref support);
    }

    private Value EvaluateAbsorbing(Frame frame, Value range, ref ulong support)
    {
        var rangeSupport = support;
        ulong errorSupport = 0;
        Value? error = null;
        for (var i = 0; i < Iteration.Count(range); i++)
        {
            var value = EvaluateAt(frame, range, i, rangeSupport, out var elementSupport);
            if (value.Kind == ValueKind.Bool && value.AsBool == (kind == QuantifierKind.Exists))
            {
                support = rangeSupport | elementSupport;
                return value;
            }
            support |= elementSupport;
            // Else a later element could decide although the steps are used up, and how many there are would depend on the order.
            if (frame.IsExhausted)
                return Frame.Exhausted;
            if (value.Kind == ValueKind.Bool)
                continue;
            errorSupport |= elementSupport;
            error ??= value;
        }
        // Only now: an error in one element does not matter where another one decides.
        if (error is null)
            return Value.Bool(kind == QuantifierKind.All);
        support = rangeSupport | errorSupport;
        return error.Value;
    }

    private Value EvaluateOne(Frame frame, Value range, ref ulong support)
    {
        var rangeSupport = support;
        var count = 0;
        for (var i = 0; i < Iteration.Count(range); i++)
        {
            var value = EvaluateAt(frame, range, i, rangeSupport, out var elementSupport);
            support |= elementSupport;
            if (value.IsError)
                return value;
            if (value.AsBool)
                count++;
        }
        return Value.Bool(count == 1);
    }

    /// <summary>The predicate for one element: a bool or an error.</summary>
    public Value EvaluateAt(Frame frame, Value range, int index, ulong rangeSupport, out ulong support)
    {
        support = 0;
        if (!frame.Spend(predicate.Size))
            return Frame.Exhausted;
        iteration.Bind(frame, range, index, rangeSupport);
        var value = predicate.Evaluate(frame, out support);
        return value.Kind is ValueKind.Bool or ValueKind.Error ? value : Value.Error(EvaluationErrors.NotBool(frame, predicate, value));
    }
}

internal enum QuantifierKind
{
    All,
    Exists,
    ExistsOne,
}
