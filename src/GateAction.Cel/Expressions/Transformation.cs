using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>The macros that make a list or a map of another one; an error in any element is the error of the whole.</summary>
/// <param name="filter">Which elements count; null for all.</param>
internal sealed class Transformation(int start, int end, TransformationKind kind, Iteration iteration, Expr? filter, Expr body)
    : Expr(start, end, iteration.Range, body, filter ?? body)
{
    public TransformationKind Kind => kind;

    public Iteration Iteration => iteration;

    public Expr? Filter => filter;

    public Expr Body => body;

    public override IReadOnlyList<Expr> Children => filter is null ? [iteration.Range, body] : [iteration.Range, filter, body];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var range = iteration.Open(frame, out var rangeSupport);
        support = rangeSupport;
        if (range.IsError)
            return range;
        var entries = new List<KeyValuePair<Value, Value>>();
        for (var i = 0; i < Iteration.Count(range); i++)
        {
            // For each element the whole body is evaluated: nested macros multiply, and it is this that the budget stops.
            if (!frame.Spend(Size))
                return Frame.Exhausted;
            iteration.Bind(frame, range, i, rangeSupport);
            var error = Add(frame, entries, ref support);
            if (error is not null)
                return error.Value;
        }
        if (kind is TransformationKind.Filter or TransformationKind.List)
            return Value.List(entries.ConvertAll(entry => entry.Value));
        return ValueMap.TryCreate(entries, out var map, out var duplicate)
            ? Value.Map(map)
            : Value.Error($"the map has the key {ValueText.Short(duplicate)} twice");
    }

    /// <summary>Adds what the element that is bound now becomes; returns an error if it is one.</summary>
    private Value? Add(Frame frame, List<KeyValuePair<Value, Value>> entries, ref ulong support)
    {
        if (filter is not null)
        {
            var passes = filter.Evaluate(frame, out var filterSupport);
            support |= filterSupport;
            if (passes.Kind != ValueKind.Bool)
                return passes.IsError ? passes : Value.Error(EvaluationErrors.NotBool(frame, filter, passes));
            if (!passes.AsBool)
                return null;
        }
        var value = body.Evaluate(frame, out var bodySupport);
        support |= bodySupport;
        if (value.IsError)
            return value;
        if (!frame.SpendFor(value))
            return Frame.Exhausted;
        if (kind == TransformationKind.MapEntry)
        {
            if (value.Kind != ValueKind.Map)
                return Value.Error($"'transformMapEntry' takes a map of new entries; {EvaluationErrors.Was(frame, body, value)}");
            entries.AddRange(value.AsMap.Entries);
            return null;
        }
        entries.Add(new(frame.Local(iteration.First, out _), value));
        return null;
    }
}

internal enum TransformationKind
{
    /// <summary><c>filter(x, p)</c>: the elements themselves.</summary>
    Filter,

    /// <summary><c>map</c> and <c>transformList</c>: a list of what the body gives.</summary>
    List,

    /// <summary><c>transformMap</c>: a map with the same keys.</summary>
    Map,

    /// <summary><c>transformMapEntry</c>: a map with the entries of the maps that the body gives.</summary>
    MapEntry,
}
