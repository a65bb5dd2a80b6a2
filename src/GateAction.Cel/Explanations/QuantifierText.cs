using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Explanations;

/// <summary>The elements that decided <c>all</c>, <c>exists</c> or <c>exists_one</c>: <c>list.all(x, x > 0): not for [2] (x was -1) and 3 more</c>.</summary>
internal static class QuantifierText
{
    private const int Shown = 2;
    private const int LineLength = 300;

    public static string Explain(Frame frame, Quantifier quantifier, Value value)
    {
        var range = quantifier.Iteration.Open(frame, out var support);
        if (range.IsError)
            return range.Text;
        var source = LeafText.Source(frame, quantifier);
        var elements = Elements(frame, quantifier, range, support);
        if (value.IsError)
            return $"{source}: {Errors(elements)}";
        var count = Iteration.Count(range);
        return count == 0
            ? $"{source}: {LeafText.Source(frame, quantifier.Iteration.Range)} is empty"
            : ValueText.Cut($"{source}: {Verdict(quantifier, value, elements, count)}", LineLength);
    }

    private static string Verdict(Quantifier quantifier, Value value, List<Element> elements, int count)
    {
        var holding = elements.FindAll(element => element.Value.IsTrue);
        var breaking = elements.FindAll(element => element.Value.IsFalse);
        return (quantifier.Kind, value.AsBool) switch
        {
            (QuantifierKind.All, true) => count == 1 ? $"holds for the only one, {List(holding)}" : $"holds for all {count}",
            (QuantifierKind.All, false) => $"not for {List(breaking)}",
            (QuantifierKind.Exists, true) => $"holds for {List(holding)}",
            (_, true) => $"holds only for {List(holding)}",
            (_, false) when holding.Count == 0 => $"holds for none of {count}: {List(breaking)}",
            _ => $"holds for {holding.Count}: {List(holding)}",
        };
    }

    private static string Errors(List<Element> elements)
    {
        var first = elements.Find(element => element.Value.IsError)!;
        return $"at [{first.Key}] {first.Value.Text}";
    }

    private static string List(List<Element> elements)
    {
        var shown = string.Join(", ", elements.Take(Shown).Select(element => $"[{element.Key}] ({element.Describe()})"));
        return elements.Count > Shown ? $"{shown} and {elements.Count - Shown} more" : shown;
    }

    private static List<Element> Elements(Frame frame, Quantifier quantifier, Value range, ulong support)
    {
        var elements = new List<Element>();
        for (var i = 0; i < Iteration.Count(range) && !frame.IsExhausted; i++)
        {
            var index = i;
            var value = quantifier.EvaluateAt(frame, range, index, support, out _);
            var key = range.Kind == ValueKind.List ? Value.Int(index) : range.AsMap.Entries[index].Key;
            elements.Add(new(ValueText.Write(key, 40), value, () =>
            {
                quantifier.Iteration.Bind(frame, range, index, support);
                return Describe(frame, quantifier.Predicate, value);
            }));
        }
        return elements;
    }

    /// <summary>What of the predicate decided for the element that is bound now.</summary>
    private static string Describe(Frame frame, Expr predicate, Value value) => predicate switch
    {
        Logical logical => Describe(frame, Deciding(frame, logical, value), value),
        Quantifier inner => $"{LeafText.Source(frame, inner)} was {ValueText.Short(value)}",
        Not { Operand: Logical or Quantifier } not => Describe(frame, not.Operand, Value.Bool(!value.AsBool)),
        _ => LeafText.Values(frame, predicate, value, isWhole: false),
    };

    private static Expr Deciding(Frame frame, Logical logical, Value value) =>
        logical.Children.First(operand => operand.Evaluate(frame, out _) is { Kind: ValueKind.Bool } result && result.AsBool == value.AsBool);

    private sealed record Element(string Key, Value Value, Func<string> Describe);
}
