using GateAction.Core.Conditions.Expressions;
using GateAction.Core.Conditions.Syntax;

namespace GateAction.Core.Conditions.Checks;

/// <summary>One comparison of something that is measured with a constant, the measured side on the left.</summary>
internal sealed record Limit(Expr Expression, Expr Subject, TokenKind Operator, Value Value)
{
    /// <summary>What must hold together for the expression to be as wanted; parts of which only one must hold say nothing.</summary>
    public static IEnumerable<Limit> Of(Expr expression, bool wanted) => expression switch
    {
        Not not => Of(not.Operand, !wanted),
        Logical logical when logical.IsAnd == wanted => logical.Children.SelectMany(operand => Of(operand, wanted)),
        Comparison { Right: Literal right } comparison when comparison.Left is not Literal =>
            [new(expression, comparison.Left, As(comparison.Operator, wanted), right.Value)],
        Comparison { Left: Literal left } comparison =>
            [new(expression, comparison.Right, As(Flipped(comparison.Operator), wanted), left.Value)],
        Select or Indexing => [new(expression, expression, TokenKind.Equal, Value.Bool(wanted))],
        _ => [],
    };

    private static TokenKind Flipped(TokenKind op) => op switch
    {
        TokenKind.Less => TokenKind.Greater,
        TokenKind.LessEqual => TokenKind.GreaterEqual,
        TokenKind.Greater => TokenKind.Less,
        TokenKind.GreaterEqual => TokenKind.LessEqual,
        _ => op,
    };

    private static TokenKind As(TokenKind op, bool wanted) => wanted ? op : op switch
    {
        TokenKind.Less => TokenKind.GreaterEqual,
        TokenKind.LessEqual => TokenKind.Greater,
        TokenKind.Greater => TokenKind.LessEqual,
        TokenKind.GreaterEqual => TokenKind.Less,
        TokenKind.Equal => TokenKind.NotEqual,
        _ => TokenKind.Equal,
    };
}
