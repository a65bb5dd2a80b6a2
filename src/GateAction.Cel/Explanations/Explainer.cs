using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Explanations;

/// <summary>
/// Finds the sub-expressions that made a value what it is, by evaluating them once more: of a false <c>&amp;&amp;</c> the operands that are
/// false, of a true <c>||</c> the first that is true, of an error the parts that failed.
/// </summary>
internal sealed class Explainer(Frame frame)
{
    private const int MostWhenTrue = 4;
    private const int MostWhenNotTrue = 2;

    private readonly List<Explanation> _parts = [];

    public static IReadOnlyList<Explanation> Explain(Frame frame, Expr expression)
    {
        var explainer = new Explainer(frame);
        var value = expression.Evaluate(frame, out _);
        explainer.Add(expression, value);
        return Limited([.. explainer._parts.DistinctBy(part => part.ToString())], value.IsTrue ? MostWhenTrue : MostWhenNotTrue);
    }

    private static List<Explanation> Limited(List<Explanation> parts, int limit) => parts.Count <= limit
        ? parts
        : [.. parts[..(limit - 1)], parts[limit - 1] with { More = parts.Count - limit }];

    private static Explanation Error(string text) => new("") { Note = text };

    private void Add(Expr expression) => Add(expression, expression.Evaluate(frame, out _));

    private void Add(Expr expression, Value value)
    {
        switch (expression)
        {
            case Logical logical:
                AddOperands(logical, value);
                break;
            // '!(a && b)' is explained by a and b. Before a comparison '!' turns it round, which Leaf shows in one line.
            case Not { Operand: Logical or Quantifier or Not or Conditional } not:
                Add(not.Operand);
                break;
            case Conditional conditional:
                AddBranch(conditional, value);
                break;
            case Binding binding:
                binding.Bind(frame);
                Add(binding.Body, value);
                break;
            case Quantifier quantifier:
                _parts.Add(QuantifierElements.Explain(frame, quantifier, value));
                break;
            default:
                _parts.Add(value.IsError ? Error(value.Text) : Leaf.Explain(frame, expression, value));
                break;
        }
    }

    private void AddOperands(Logical logical, Value value)
    {
        var operands = logical.Children.Select(operand => (operand, Value: operand.Evaluate(frame, out _))).ToList();
        if (value.IsError)
            // One that is true or false changes nothing about an error: had it decided, there would be none.
            operands = operands.FindAll(operand => operand.Value.Kind != ValueKind.Bool);
        else
            operands = operands.FindAll(operand => operand.Value.Kind == ValueKind.Bool && operand.Value.AsBool == value.AsBool);
        var decidesAlone = value.IsTrue && !logical.IsAnd;
        foreach (var (operand, operandValue) in decidesAlone ? operands[..1] : operands)
        {
            if (value.IsError && !operandValue.IsError)
                _parts.Add(Error(EvaluationErrors.NotBool(frame, operand, operandValue)));
            else
                Add(operand, operandValue);
        }
    }

    private void AddBranch(Conditional conditional, Value value)
    {
        var test = conditional.Test.Evaluate(frame, out _);
        if (test.Kind != ValueKind.Bool)
        {
            _parts.Add(Error(test.IsError ? test.Text : value.Text));
            return;
        }
        var branch = conditional.Branch(test.AsBool);
        if (!value.IsError)
            Add(conditional.Test, test);
        if (branch is not Literal)
            Add(branch, value);
    }
}
