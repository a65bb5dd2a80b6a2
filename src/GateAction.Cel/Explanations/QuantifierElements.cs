using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Explanations;

/// <summary>The elements that decided <c>all</c>, <c>exists</c> or <c>exists_one</c>: <c>list.all(x, x > 0): not for [2] (x was -1) and 3
/// more</c>.</summary>
internal static class QuantifierElements
{
    private const int Shown = 2;

    public static Explanation Explain(Frame frame, Quantifier quantifier, Value value)
    {
        var range = quantifier.Iteration.Open(frame, out var support);
        if (range.IsError)
            return new("") { Note = range.Text };
        var explanation = new Explanation(Leaf.Source(frame, quantifier));
        var elements = Elements(frame, quantifier, range, support);
        if (value.IsError)
            return explanation with { Note = Error(elements, value) };
        var count = Iteration.Count(range);
        return count == 0
            ? explanation with { Note = $"{Leaf.Source(frame, quantifier.Iteration.Range)} is empty" }
            : explanation with { Elements = Deciding(quantifier, value, elements, count) };
    }

    private static DecidingElements Deciding(Quantifier quantifier, Value value, List<Element> elements, int count)
    {
        var holding = elements.FindAll(element => element.Value.IsTrue);
        var breaking = elements.FindAll(element => element.Value.IsFalse);
        return (quantifier.Kind, value.AsBool) switch
        {
            (QuantifierKind.All, true) when count > 1 => new($"holds for all {count}", [], count),
            (QuantifierKind.All, true) => Of("holds for the only one,", holding),
            (QuantifierKind.All, false) => Of("not for", breaking),
            (QuantifierKind.Exists, true) => Of("holds for", holding),
            (_, true) => Of("holds only for", holding),
            (_, false) when holding.Count == 0 => Of($"holds for none of {count}:", breaking),
            _ => Of($"holds for {holding.Count}:", holding),
        };
    }

    private static DecidingElements Of(string claim, List<Element> elements) =>
        new(claim, [.. elements.Take(Shown).Select(element => new DecidingElement(element.Key, element.Describe()))], elements.Count);

    private static string Error(List<Element> elements, Value error) =>
        elements.Find(element => element.Value.IsError) is { } first ? $"at [{first.Key}] {first.Value.Text}" : error.Text;

    private static List<Element> Elements(Frame frame, Quantifier quantifier, Value range, ulong support)
    {
        var elements = new List<Element>();
        // All of them, also behind the one that decided: the reader is told how many there are.
        for (var i = 0; i < Iteration.Count(range) && !frame.IsExhausted; i++)
        {
            var index = i;
            var value = quantifier.EvaluateAt(frame, range, index, support, out _);
            var key = range.Kind == ValueKind.List ? Value.Int(index) : range.AsMap.Entries[index].Key;
            // Described only if it is shown: to describe evaluates it once more.
            elements.Add(new(ValueText.Write(key, 40), value, () =>
            {
                quantifier.Iteration.Bind(frame, range, index, support);
                return Describe(frame, quantifier.Predicate, value);
            }));
        }
        return elements;
    }

    /// <summary>What of the predicate decided for the element that is bound now.</summary>
    private static Explanation Describe(Frame frame, Expr predicate, Value value) => predicate switch
    {
        Logical logical => Describe(frame, Deciding(frame, logical, value), value),
        Not { Operand: Logical or Quantifier } not => Describe(frame, not.Operand, Value.Bool(!value.AsBool)),
        _ => Leaf.Explain(frame, predicate, value),
    };

    private static Expr Deciding(Frame frame, Logical logical, Value value) =>
        logical.Children.First(operand => operand.Evaluate(frame, out _) is { Kind: ValueKind.Bool } result
        && result.AsBool == value.AsBool);

    private sealed record Element(string Key, Value Value, Func<Explanation> Describe);
}
