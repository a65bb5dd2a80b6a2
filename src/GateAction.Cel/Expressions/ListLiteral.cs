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
            // For all that is in it: [x, x, x] within [y, y, y] grows by powers.
            if (!frame.SpendFor(values[i]))
                return Frame.Exhausted;
        }
        return Value.List(values);
    }
}

/// <summary><c>{key: value, …}</c>; the parts alternate between keys and values.</summary>
internal sealed class MapLiteral(int start, int end, Expr[] parts) : Expr(start, end, parts)
{
    public override IReadOnlyList<Expr> Children => parts;

    public override Value Evaluate(Frame frame, out ulong support)
    {
        support = 0;
        var entries = new List<KeyValuePair<Value, Value>>(parts.Length / 2);
        for (var i = 0; i < parts.Length; i += 2)
        {
            var key = parts[i].Evaluate(frame, out var keySupport);
            var value = parts[i + 1].Evaluate(frame, out var valueSupport);
            if (key.IsError || value.IsError)
            {
                support = key.IsError ? keySupport : valueSupport;
                return key.IsError ? key : value;
            }
            if (key.Kind is not (ValueKind.String or ValueKind.Int or ValueKind.UInt or ValueKind.Bool))
                return Value.Error($"a key of a map is a string, an int, a uint or a bool; {EvaluationErrors.Was(frame, parts[i], key)}");
            if (key.IsWithheld)
                return Value.Error(EvaluationErrors.Withheld(frame, parts[i]));
            if (!frame.SpendFor(value))
                return Frame.Exhausted;
            support |= keySupport | valueSupport;
            entries.Add(new(key, value));
        }
        return ValueMap.TryCreate(entries, out var map, out var duplicate)
            ? Value.Map(map)
            : Value.Error($"the map has the key {ValueText.Short(duplicate)} twice");
    }
}
