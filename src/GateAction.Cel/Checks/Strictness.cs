using GateAction.Cel.Expressions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>Which of two conditions allows less: each made of parts that must all hold, each part a text, or a comparison with a
/// constant.</summary>
internal static class Strictness
{
    public static bool IsNoWeaker(Condition condition, Condition other)
    {
        var mine = PartsOf(condition.Expression).ToArray();
        return PartsOf(other.Expression).All(theirs => mine.Any(part => Implies(condition, part, other, theirs)));
    }

    private static IEnumerable<Expr> PartsOf(Expr expression) =>
        expression is Logical { IsAnd: true } all ? all.Children.SelectMany(PartsOf) : [expression];

    private static bool Implies(Condition condition, Expr mine, Condition other, Expr theirs)
    {
        if (TextOf(condition, mine) == TextOf(other, theirs))
            return true;
        if (LimitOf(mine) is not var (fact, op, limit) || LimitOf(theirs) is not var (otherFact, otherOp, otherLimit)
            || TextOf(condition, fact) != TextOf(other, otherFact) || ValueOrder.Compare(limit, otherLimit) is not { } order)
            return false;
        return (op, otherOp) switch
        {
            (TokenKind.Less, TokenKind.Less or TokenKind.LessEqual) or (TokenKind.LessEqual, TokenKind.LessEqual) => order <= 0,
            (TokenKind.LessEqual, TokenKind.Less) => order < 0,
            (TokenKind.Greater, TokenKind.Greater or TokenKind.GreaterEqual) or (TokenKind.GreaterEqual, TokenKind.GreaterEqual) =>
                order >= 0,
            (TokenKind.GreaterEqual, TokenKind.Greater) => order > 0,
            (TokenKind.Equal, TokenKind.Equal or TokenKind.LessEqual or TokenKind.GreaterEqual) when order == 0 => true,
            (TokenKind.Equal, TokenKind.Less or TokenKind.LessEqual) => order < 0,
            (TokenKind.Equal, TokenKind.Greater or TokenKind.GreaterEqual) => order > 0,
            _ => false,
        };
    }

    /// <summary>A comparison with a constant, the constant on the right; null for anything else.</summary>
    private static (Expr Fact, TokenKind Operator, Value Limit)? LimitOf(Expr expression) => expression switch
    {
        Comparison { Right: Literal limit } comparison => (comparison.Left, comparison.Operator, limit.Value),
        Comparison { Left: Literal limit } comparison => (comparison.Right, Mirrored(comparison.Operator), limit.Value),
        _ => null,
    };

    private static TokenKind Mirrored(TokenKind op) => op switch
    {
        TokenKind.Less => TokenKind.Greater,
        TokenKind.LessEqual => TokenKind.GreaterEqual,
        TokenKind.Greater => TokenKind.Less,
        TokenKind.GreaterEqual => TokenKind.LessEqual,
        _ => op,
    };

    private static string TextOf(Condition condition, Expr part) => condition.Text[part.Start..part.End];
}
