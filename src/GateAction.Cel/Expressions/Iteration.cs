using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>What a macro goes over: the elements of a list or the keys of a map; with two variables index and element, or key and
/// value.</summary>
/// <param name="second">The slot of the second variable, or -1.</param>
internal sealed class Iteration(Expr range, int first, int second)
{
    public Expr Range => range;

    public int First => first;

    public int Second => second;

    /// <summary>A list or a map, or an error.</summary>
    public Value Open(Frame frame, out ulong support)
    {
        var value = range.Evaluate(frame, out support);
        return value.Kind is ValueKind.List or ValueKind.Map or ValueKind.Error
            ? value
            : value.IsWithheld ? Value.Error(EvaluationErrors.Withheld(frame, range))
            : Value.Error($"a list or a map is expected; {EvaluationErrors.Was(frame, range, value)}");
    }

    public static int Count(Value range) => range.Kind == ValueKind.List ? range.AsList.Count : range.AsMap.Count;

    /// <summary>Sets the variables to the element at an index.</summary>
    public void Bind(Frame frame, Value range, int index, ulong support)
    {
        if (range.Kind == ValueKind.List)
        {
            frame.Bind(first, second < 0 ? range.AsList[index] : Value.Int(index), support);
            if (second >= 0)
                frame.Bind(second, range.AsList[index], support);
            return;
        }
        var (key, value) = range.AsMap.Entries[index];
        frame.Bind(first, key, support);
        if (second >= 0)
            frame.Bind(second, value, support);
    }
}
