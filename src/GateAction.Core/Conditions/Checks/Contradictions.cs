using GateAction.Core.Conditions.Expressions;
using GateAction.Core.Conditions.Functions;
using GateAction.Core.Conditions.Syntax;

namespace GateAction.Core.Conditions.Checks;

/// <summary>
/// Finds parts that can never be true or never be false: constants, limits outside a fact's range, and comparisons of one fact that exclude each
/// other (<c>x &lt; 1 &amp;&amp; x > 2</c>) or leave nothing out (<c>x != 1 || x != 2</c>).
/// </summary>
internal sealed class Contradictions(string text, Func<Expr, Shape> infer, Action<Expr, string> report)
{
    public void Find(Expr root)
    {
        if (ReadsNothing(root))
            report(root, "it reads no fact, so it never changes; compare something that is measured");
        else
            Visit(root);
    }

    private static bool ReadsNothing(Expr expression) => expression is not Variable && expression.Children.All(ReadsNothing);

    private static bool IsConstant(Expr expression) => expression is not (Variable or Local) && expression.Children.All(IsConstant);

    /// <summary>A macro is inferred again before its parts are, since its variables share their slots with those of other macros.</summary>
    private void Visit(Expr expression)
    {
        if (expression is Comparison or Logical or Not && !Judge(expression))
            return;
        if (expression is Quantifier or Transformation or Binding)
            infer(expression);
        foreach (var child in expression.Children)
            Visit(child);
    }

    /// <summary>False where a problem was found, so that its parts are not judged as well.</summary>
    private bool Judge(Expr expression)
    {
        if (IsConstant(expression))
        {
            report(expression, "it compares nothing that is measured, so it never changes; leave it out");
            return false;
        }
        foreach (var wanted in new[] { true, false })
        {
            var atoms = Limit.Of(expression, wanted).ToList();
            foreach (var group in atoms.GroupBy(atom => Source(atom.Subject)))
            {
                var shape = infer(group.First().Subject);
                if (Limits.CanHold([.. group.Select(atom => (atom.Operator, atom.Value)), .. Range(group.First().Subject, shape)], IsInteger(group.First().Subject, shape)))
                    continue;
                report(expression, Message([.. group], wanted, shape));
                return false;
            }
        }
        return true;
    }

    private string Message(List<Limit> atoms, bool wanted, Shape shape)
    {
        var never = wanted ? "never true" : "never false";
        if (atoms.Count == 1)
            return $"{never}: '{Source(atoms[0].Subject)}' is {RangeText(atoms[0].Subject, shape)}";
        var parts = string.Join(" and ", atoms.Take(2).Select(atom => $"'{Source(atom.Expression)}'"));
        return wanted ? $"{never}: {parts} exclude each other" : $"{never}: {parts} leave nothing out; write '&&' between them if both have to hold";
    }

    private static string RangeText(Expr subject, Shape shape) =>
        shape.Fact?.Kind == FactKind.Ratio ? "a ratio from 0 to 1" : subject is Call ? "0 or more" : "a number of bytes, 0 or more";

    private static IEnumerable<(TokenKind Operator, Value Value)> Range(Expr subject, Shape shape)
    {
        if (shape.Fact?.Kind is FactKind.Ratio or FactKind.Size || subject is Call { Name: "size" })
            yield return (TokenKind.GreaterEqual, Value.Int(0));
        if (shape.Fact?.Kind == FactKind.Ratio)
            yield return (TokenKind.LessEqual, Value.Int(1));
    }

    private static bool IsInteger(Expr subject, Shape shape) => shape.Fact?.Kind == FactKind.Int || subject is Call { Name: "size" } || shape.Kinds == Kinds.Int;

    private string Source(Expr expression) => ValueText.Cut(text[expression.Start..expression.End], 80);
}
