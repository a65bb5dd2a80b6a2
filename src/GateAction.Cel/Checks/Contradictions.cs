using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>
/// Finds parts that can never be true or never be false: constants, limits outside a fact's range, and comparisons of one fact that exclude
/// each other (<c>x &lt; 1 &amp;&amp; x > 2</c>) or leave nothing out (<c>x != 1 || x != 2</c>).
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

    // The variables of a macro do not count: over a list of constants they are constant.
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

    /// <summary>False if a problem was found, so that its parts are not judged as well.</summary>
    private bool Judge(Expr expression)
    {
        if (IsConstant(expression))
        {
            report(expression, "it compares nothing that is measured, so it never changes; leave it out");
            return false;
        }
        // What always holds is as bad as what never does: the criterion would be green whatever is measured.
        return CanBe(expression, wanted: true) && CanBe(expression, wanted: false);
    }

    private bool CanBe(Expr expression, bool wanted)
    {
        var limits = Limit.Of(expression, wanted);
        foreach (var limit in limits)
        {
            var shape = infer(limit.Subject);
            var together = limits.FindAll(other => IsSame(other.Subject, limit.Subject));
            if (LimitRanges.CanHold([.. together, .. Range(limit.Subject, shape)], IsInteger(limit.Subject, shape)))
                continue;
            report(expression, Message(together, wanted, shape));
            return false;
        }
        return true;
    }

    private string Message(List<Limit> limits, bool wanted, Shape shape)
    {
        var never = wanted ? "never true" : "never false";
        if (limits.Count == 1)
            return $"{never}: '{Source(limits[0].Subject)}' is {RangeText(limits[0].Subject, shape)}";
        var (first, second) = Opposed(limits, IsInteger(limits[0].Subject, shape));
        var parts = $"'{Source(first.Expression)}' and '{Source(second.Expression)}'";
        return wanted
            ? $"{never}: {parts} exclude each other"
            : $"{never}: {parts} leave nothing out; write '&&' between them if both have to hold";
    }

    /// <summary>The first two that no value meets.</summary>
    private static (Limit First, Limit Second) Opposed(List<Limit> limits, bool isInteger)
    {
        foreach (var first in limits)
        {
            if (limits.Find(second => second != first && !LimitRanges.CanHold([first, second], isInteger)) is { } opposed)
                return (first, opposed);
        }
        return (limits[0], limits[1]);
    }

    private static string RangeText(Expr subject, Shape shape) =>
        shape.Fact?.Kind == FactKind.Ratio ? "a ratio from 0 to 1" : subject is Call ? "0 or more" : "a number of bytes, 0 or more";

    private static List<Limit> Range(Expr subject, Shape shape)
    {
        var range = new List<Limit>();
        if (shape.Fact?.Kind is FactKind.Ratio or FactKind.Size || subject is Call { Name: "size" })
            range.Add(new(subject, subject, TokenKind.GreaterEqual, Value.Int(0)));
        if (shape.Fact?.Kind == FactKind.Ratio)
            range.Add(new(subject, subject, TokenKind.LessEqual, Value.Int(1)));
        return range;
    }

    private static bool IsInteger(Expr subject, Shape shape) =>
        shape.Fact?.Kind == FactKind.Int || subject is Call { Name: "size" } || shape.Kinds == Kinds.Int;

    private bool IsSame(Expr a, Expr b) => text.AsSpan(a.Start, a.End - a.Start).SequenceEqual(text.AsSpan(b.Start, b.End - b.Start));

    private string Source(Expr expression) => ValueText.Cut(text[expression.Start..expression.End], 80);
}

/// <summary>A filter that leaves nothing, for a misspelt name, lets <c>all</c> hold.</summary>
internal static class FilteredAll
{
    /// <summary>Null if it is no such filter, or the condition reads it once more, as in <c>size(…) > 0</c>.</summary>
    public static string? Warning(Quantifier quantifier, string text)
    {
        if (quantifier is not { Kind: QuantifierKind.All, Iteration.Range: Transformation { Kind: TransformationKind.Filter } filter })
            return null;
        var source = text[filter.Start..filter.End];
        return text.AsSpan().Count(source) > 1
            ? null
            : $"'all' holds where the filter leaves nothing; write size({source}) > 0 && … where something must be there";
    }
}
