using GateAction.Cel.Expressions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>Which of two comparisons with a constant allows less.</summary>
internal static class Strictness
{
    public static bool IsNoWeaker(Condition condition, Condition other)
    {
        if (condition.Expression is not Comparison { Right: Literal limit } mine
            || other.Expression is not Comparison { Right: Literal otherLimit } theirs)
            return false;
        if (condition.Text[mine.Left.Start..mine.Left.End] != other.Text[theirs.Left.Start..theirs.Left.End]
            || ValueOrder.Compare(limit.Value, otherLimit.Value) is not { } order)
            return false;
        return (mine.Operator, theirs.Operator) switch
        {
            (TokenKind.Less, TokenKind.Less or TokenKind.LessEqual) or (TokenKind.LessEqual, TokenKind.LessEqual) => order <= 0,
            (TokenKind.LessEqual, TokenKind.Less) => order < 0,
            (TokenKind.Greater, TokenKind.Greater or TokenKind.GreaterEqual) or (TokenKind.GreaterEqual, TokenKind.GreaterEqual) =>
                order >= 0,
            (TokenKind.GreaterEqual, TokenKind.Greater) => order > 0,
            (TokenKind.Equal, TokenKind.Equal) => order == 0,
            _ => false,
        };
    }
}
