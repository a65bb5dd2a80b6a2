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
        // cel-spec lets a uint and a whole double be an index too: a number of JSON may be any of them.
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

/// <summary><c>operand.field</c>: the value of a map under a string key.</summary>
/// <param name="qualified">The whole as a dotted name where the operand is one too; a variable may have such a name (langdef "Name
/// Resolution").</param>
internal sealed class Select(int start, int end, Expr operand, string name, Variable? qualified) : Expr(start, end, operand)
{
    public Expr Operand => operand;

    public string Field => name;

    public Variable? Qualified => qualified;

    public override IReadOnlyList<Expr> Children => [operand];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        if (qualified is not null && frame.Scope.HasQualifiedNames && frame.Scope.Variables.ContainsKey(qualified.Name))
            return qualified.Evaluate(frame, out support);
        var target = operand.Evaluate(frame, out support);
        if (target.IsError)
            return target;
        return target.Kind == ValueKind.Map && target.AsMap.TryGet(name, out var value)
            ? value
            : Value.Error(EvaluationErrors.MissingField(frame, this, target));
    }
}
