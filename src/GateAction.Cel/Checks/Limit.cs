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

/// <summary>Whether there is a value that meets several limits at once.</summary>
internal static class LimitRanges
{
    public static bool CanHold(List<Limit> limits, bool isInteger)
    {
        if (limits.Find(limit => limit.Operator == TokenKind.Equal) is { } exact)
            return limits.TrueForAll(limit => Meets(exact.Value, limit.Operator, limit.Value));
        var low = Tightest(limits, TokenKind.Greater, TokenKind.GreaterEqual, sign: 1, isInteger);
        var high = Tightest(limits, TokenKind.Less, TokenKind.LessEqual, sign: -1, isInteger);
        // Values of two types have no order; that they cannot be compared the checker has said already.
        if (low is null || high is null || ValueOrder.Compare(low.Value.Value, high.Value.Value) is not { } order)
            return true;
        if (order != 0)
            return order < 0;
        return !low.Value.IsOpen && !high.Value.IsOpen
            && !limits.Exists(limit => limit.Operator == TokenKind.NotEqual && ValueOrder.AreEqual(limit.Value, low.Value.Value));
    }

    private static (Value Value, bool IsOpen)? Tightest(
        List<Limit> limits, TokenKind open, TokenKind closed, int sign, bool isInteger)
    {
        (Value Value, bool IsOpen)? best = null;
        foreach (var limit in limits)
        {
            if (limit.Operator != open && limit.Operator != closed)
                continue;
            var (value, isOpen) = isInteger ? Whole(limit.Value, limit.Operator == open, sign) : (limit.Value, limit.Operator == open);
            if (best is null || ValueOrder.Compare(value, best.Value.Value) * sign > 0
                || (ValueOrder.AreEqual(value, best.Value.Value) && isOpen))
                best = (value, isOpen);
        }
        return best;
    }

    /// <summary>Over integers <c>&gt; 1</c> is <c>&gt;= 2</c>, and so is <c>&gt; 1.5</c>.</summary>
    private static (Value, bool) Whole(Value value, bool isOpen, int sign)
    {
        if (value.Kind == ValueKind.Double)
        {
            var whole = sign > 0 ? Math.Ceiling(value.AsDouble) : Math.Floor(value.AsDouble);
            return (Value.Double(whole == value.AsDouble && isOpen ? whole + sign : whole), false);
        }
        // Far from the ends, so that one more does not overflow.
        return value.Kind == ValueKind.Int && isOpen && value.AsInt is > long.MinValue / 2 and < long.MaxValue / 2
            ? (Value.Int(value.AsInt + sign), false)
            : (value, isOpen);
    }

    private static bool Meets(Value value, TokenKind op, Value limit) => op switch
    {
        TokenKind.Equal => ValueOrder.AreEqual(value, limit),
        TokenKind.NotEqual => !ValueOrder.AreEqual(value, limit),
        TokenKind.Less => ValueOrder.Compare(value, limit) < 0,
        TokenKind.LessEqual => ValueOrder.Compare(value, limit) <= 0,
        TokenKind.Greater => ValueOrder.Compare(value, limit) > 0,
        _ => ValueOrder.Compare(value, limit) >= 0,
    };
}
