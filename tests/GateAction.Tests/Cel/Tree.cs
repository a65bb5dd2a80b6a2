using GateAction.Cel.Expressions;

namespace GateAction.Tests.Cel;

/// <summary>A parsed expression with every part in parentheses, names of macro variables resolved to their slots.</summary>
internal static class Tree
{
    public static string Write(Expr expression) => expression switch
    {
        Literal literal => $"<{TaggedValue.Write(literal.Value)}>",
        Variable variable => variable.Name,
        Local local => $"${local.Slot}",
        Select select => Node($".{select.Field}", select.Operand),
        GateAction.Cel.Expressions.Has has => Node($"has.{has.Selection.Field}", has.Selection.Operand),
        Indexing indexing => Node("[]", indexing.Operand, indexing.Key),
        Not not => Node("!", not.Operand),
        Negate negate => Node("neg", negate.Operand),
        Arithmetic arithmetic => Node(Calculator.Symbol(arithmetic.Operator), arithmetic.Left, arithmetic.Right),
        Comparison comparison => Node(Comparison.Symbol(comparison.Operator), comparison.Left, comparison.Right),
        Membership membership => Node("in", membership.Item, membership.Container),
        Logical logical => Node(logical.IsAnd ? "&&" : "||", [.. logical.Children]),
        Conditional => Node("?:", [.. expression.Children]),
        Call call => Node($"{(call.IsMember ? "." : "")}{call.Name}()", [.. call.Children]),
        Quantifier quantifier => Node($"{quantifier.Kind}", [.. quantifier.Children]),
        Transformation transformation => Node($"{transformation.Kind}", [.. transformation.Children]),
        Binding => Node("bind", [.. expression.Children]),
        ListLiteral => Node("list", [.. expression.Children]),
        MapLiteral => Node("map", [.. expression.Children]),
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };

    private static string Node(string name, params Expr[] children) => $"({string.Join(' ', children.Select(Write).Prepend(name))})";
}
