using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>What a person reads where an expression ends in an error: the path in the condition, what was there, and why a fact may be
/// missing.</summary>
internal static class EvaluationErrors
{
    // To find a like name compares with each that is there, and a macro may ask that of every element: it costs more than a step.
    private const int SuggestionCost = 50;

    public static string Unbound(string name, Scope scope)
    {
        if (scope.Reasons.TryGetValue(name, out var reason))
            return $"'{name}' is missing: {reason}";
        return $"'{name}' is not known{Suggestion.For(name, scope.Variables.Keys)}";
    }

    /// <summary>A mask hides what the expression would be decided by.</summary>
    public static string Withheld(Frame frame, Expr expr) =>
        $"'{ValueText.Cut(expr.Source(frame), 80)}' is masked, and what it is cannot be judged by; whether it is there, 'has(…)' and '!= "
        + "\"\"' tell";

    /// <summary>The operand is no map, or has no such key.</summary>
    public static string MissingField(Frame frame, Select select, Value target)
    {
        frame.Spend(SuggestionCost);
        if (IsHidden(target))
            return Withheld(frame, select.Operand);
        if (Reason(frame, select.Operand) is { } reason)
            return $"'{select.Source(frame)}' is missing: {reason}";
        return target.Kind == ValueKind.Map
            ? $"'{select.Operand.Source(frame)}' has no '{select.Field}'{Suggestion.For(select.Field, Names(target.AsMap))}"
            : $"'{select.Source(frame)}' is missing: {Was(frame, select.Operand, target)}, which has no fields"
                + SizeInstead(select.Field, target.Kind is ValueKind.List or ValueKind.String, select.Operand.Source(frame));
    }

    /// <summary>For who asks a list or a text for its length as another language does.</summary>
    public static string SizeInstead(string field, bool hasSize, string source) =>
        hasSize && (field is "length" or "Length" or "len" or "size" or "count" or "Count") ? $"; write size({source})" : "";

    public static string MissingKey(Frame frame, Indexing index, ValueMap map, Value key)
    {
        frame.Spend(SuggestionCost);
        if (map.HasWithheldKeys || key.IsWithheld)
            return Withheld(frame, key.IsWithheld ? index.Key : index.Operand);
        if (Reason(frame, index.Operand) is { } reason)
            return $"'{index.Source(frame)}' is missing: {reason}";
        var suggestion = key.Kind == ValueKind.String ? Suggestion.For(key.AsString, Names(map)) : "";
        return $"'{index.Operand.Source(frame)}' has no key {ValueText.Short(key)}{suggestion}";
    }

    /// <summary>A masked value, or a map of which not all names are known.</summary>
    public static bool IsHidden(Value value) => value.IsWithheld || (value.Kind == ValueKind.Map && value.AsMap.HasWithheldKeys);

    private static IEnumerable<string> Names(ValueMap map) =>
        map.Entries.Where(entry => entry.Key.Kind == ValueKind.String).Select(entry => entry.Key.AsString);

    public static string OutOfBounds(Frame frame, Indexing index, int count, Value at) => at.IsNumber
        ? $"'{index.Operand.Source(frame)}' has {count} elements and none at {ValueText.Short(at)}; the first is at 0"
        : $"a list is indexed by an int; {Was(frame, index.Key, at)}";

    public static string NotIndexable(Frame frame, Indexing index, Value target) =>
        target.IsWithheld ? Withheld(frame, index.Operand)
        : Reason(frame, index.Operand) is { } reason
            ? $"'{index.Source(frame)}' is missing: {reason}"
            : $"only lists and maps are indexed; {Was(frame, index.Operand, target)}";

    public static string NotBool(Frame frame, Expr operand, Value value) =>
        value.IsWithheld ? Withheld(frame, operand) : $"true or false is expected; {Was(frame, operand, value)}";

    public static string Operands(Frame frame, Expr expr, string symbol, Value a, Value b) =>
        a.IsWithheld || b.IsWithheld ? Withheld(frame, expr)
        : $"'{ValueText.Cut(expr.Source(frame), 80)}': '{symbol}' does not take {ValueText.Kind(a)} and {ValueText.Kind(b)}{Hint(a, b)}";

    public static string UnknownFunction(string name, bool isMember) =>
        $"there is no function '{name}'{Similar(name, isMember)}";

    public static string NoOverload(Function function, ReadOnlySpan<Value> arguments)
    {
        var given = new List<string>();
        foreach (var argument in arguments)
            given.Add(ValueText.Kind(argument));
        return $"'{function.Name}' is {string.Join(" or ", function.Overloads.Select(function.Signature))}; here it got "
            + $"{(given.Count == 0 ? "nothing" : string.Join(", ", given))}";
    }

    /// <summary>A function of the other calling style is the likeliest mistake.</summary>
    private static string Similar(string name, bool isMember) =>
        FunctionTable.Find(name, !isMember) is not null
            ? isMember ? $"; write {name}(x)" : $"; write x.{name}(…)"
            : Suggestion.Nearest(name, FunctionTable.Names(isMember)) is { } nearest ? $"; did you mean '{nearest}'" : "";

    /// <summary>Names the part of the condition that failed.</summary>
    public static Value At(Frame frame, Expr expression, Value error) =>
        // The checker runs calls of constants without a text to quote from.
        frame.IsExhausted || frame.Text.Length == 0 ? error : Value.Error($"'{ValueText.Cut(expression.Source(frame), 80)}': {error.Text}");

    public static string Was(Frame frame, Expr expr, Value value) => expr is Literal
        ? $"{ValueText.Short(value)} is {ValueText.Kind(value)}"
        : $"'{ValueText.Cut(expr.Source(frame), 80)}' was "
        + $"{ValueText.Short(value)}{(value.Kind == ValueKind.Null ? "" : $", {ValueText.Kind(value)}")}";

    private static string Hint(Value a, Value b) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Duration, _) when b.IsNumber => $"; write a unit, as in {ValueText.Short(b)}ms",
        (_, ValueKind.Duration) when a.IsNumber => $"; write a unit, as in {ValueText.Short(a)}ms",
        _ when a.IsNumber && b.IsNumber => "; convert one of them with double(…), int(…) or uint(…)",
        (ValueKind.String, _) when b.IsNumber => "; convert with double(…) or int(…), or with string(…)",
        (_, ValueKind.String) when a.IsNumber => "; convert with double(…) or int(…), or with string(…)",
        _ => "",
    };

    /// <summary>Why facts of the variable that this expression reads from may be missing.</summary>
    private static string? Reason(Frame frame, Expr expr)
    {
        while (true)
        {
            switch (expr)
            {
                case Select select:
                    expr = select.Operand;
                    break;
                case Indexing index:
                    expr = index.Operand;
                    break;
                case Variable variable:
                    return frame.Scope.Reasons.GetValueOrDefault(variable.Name);
                default:
                    return null;
            }
        }
    }
}
