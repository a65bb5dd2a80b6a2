using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>Whether there is a value that meets several limits at once.</summary>
internal static class LimitRanges
{
    public static bool CanHold(List<Limit> limits, bool isInteger)
    {
        if (limits.Find(limit => limit.Operator == TokenKind.Equal) is { } exact)
            return limits.TrueForAll(limit => Meets(exact.Value, limit.Operator, limit.Value));
        var low = Tightest(limits, TokenKind.Greater, TokenKind.GreaterEqual, sign: 1, isInteger);
        var high = Tightest(limits, TokenKind.Less, TokenKind.LessEqual, sign: -1, isInteger);
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
        return value.Kind == ValueKind.Int && isOpen && Math.Abs(value.AsInt) < long.MaxValue / 2
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
