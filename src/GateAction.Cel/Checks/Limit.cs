using GateAction.Cel.Expressions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>One comparison of something that is measured with a constant, the measured side on the left.</summary>
internal sealed record Limit(Expr Expression, Expr Subject, TokenKind Operator, Value Value)
{
    /// <summary>What must hold together for the expression to be as wanted; parts of which only one must hold say nothing.</summary>
    public static List<Limit> Of(Expr expression, bool wanted)
    {
        var limits = new List<Limit>();
        Collect(expression, wanted, limits);
        return limits;
    }

    private static void Collect(Expr expression, bool wanted, List<Limit> limits)
    {
        switch (expression)
        {
            case Not not:
                Collect(not.Operand, !wanted, limits);
                break;
            case Logical logical when logical.IsAnd == wanted:
                foreach (var operand in logical.Children)
                    Collect(operand, wanted, limits);
                break;
            case Comparison { Right: Literal right } comparison when comparison.Left is not Literal:
                limits.Add(new(expression, comparison.Left, As(comparison.Operator, wanted), right.Value));
                break;
            case Comparison { Left: Literal left } comparison:
                limits.Add(new(expression, comparison.Right, As(Flipped(comparison.Operator), wanted), left.Value));
                break;
            case Select or Indexing:
                limits.Add(new(expression, expression, TokenKind.Equal, Value.Bool(wanted)));
                break;
        }
    }

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
