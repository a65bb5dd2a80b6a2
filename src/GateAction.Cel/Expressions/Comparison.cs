using GateAction.Cel.Functions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary><c>== != &lt; &lt;= &gt; &gt;=</c>.</summary>
internal sealed class Comparison(int start, int end, TokenKind op, Expr left, Expr right) : Expr(start, end, left, right)
{
    /// <summary>Stands in the support of a value that rests on a comparison with NaN.</summary>
    // The language says what such a comparison gives, so it is no error; but NaN is 0 / 0, and nobody measured that.
    public const ulong OfNaN = 1UL << (Variable.MostRoots + 1);

    public TokenKind Operator => op;

    public Expr Left => left;

    public Expr Right => right;

    public override IReadOnlyList<Expr> Children => [left, right];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var a = left.Evaluate(frame, out support);
        if (a.IsError)
            return a;
        var b = right.Evaluate(frame, out var rightSupport);
        if (b.IsError)
        {
            support = rightSupport;
            return b;
        }
        support |= rightSupport;
        if (!frame.SpendToCompare(a, b))
            return Frame.Exhausted;
        if (IsNaN(a) || IsNaN(b))
            support |= OfNaN;
        var isEquality = op is TokenKind.Equal or TokenKind.NotEqual;
        if (Withheld.Hides(a, b) || (!isEquality && (a.IsWithheld || b.IsWithheld)))
            return Value.Error(EvaluationErrors.Withheld(frame, a.IsWithheld
                || (!b.IsWithheld && Withheld.IsIn(a, frame.Spend)) ? left : right));
        if (ValueOrder.Unsettled(a, b) is var (one, other))
            return EvaluationErrors.At(frame, this, Value.Error(ExactNumbers.Problem(one, other)));
        if (isEquality)
            return Value.Bool(ValueOrder.AreEqual(a, b) == (op == TokenKind.Equal));
        return ValueOrder.HasOrder(a, b)
            ? Value.Bool(Holds(op, ValueOrder.Compare(a, b)))
            : Value.Error(EvaluationErrors.Operands(frame, this, Symbol(op), a, b));
    }

    public static string Symbol(TokenKind op) => op switch
    {
        TokenKind.Less => "<",
        TokenKind.LessEqual => "<=",
        TokenKind.Greater => ">",
        TokenKind.GreaterEqual => ">=",
        TokenKind.Equal => "==",
        _ => "!=",
    };

    private static bool IsNaN(Value value) => value.Kind == ValueKind.Double && double.IsNaN(value.AsDouble);

    /// <summary>Nothing holds of NaN: its order is null.</summary>
    private static bool Holds(TokenKind op, int? order) => op switch
    {
        TokenKind.Less => order < 0,
        TokenKind.LessEqual => order <= 0,
        TokenKind.Greater => order > 0,
        _ => order >= 0,
    };
}
