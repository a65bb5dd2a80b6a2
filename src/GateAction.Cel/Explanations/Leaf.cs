using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Explanations;

/// <summary>One comparison, test or fact with the values that it looked at.</summary>
internal static class Leaf
{
    private const int SourceLength = 120;
    private const int MostParts = 3;
    private const int MostCharacters = 200;

    public static Explanation Explain(Frame frame, Expr expression, Value value) =>
        Explain(frame, expression, value, Source(frame, expression));

    /// <summary>As it stands in the condition, on one line and shortened.</summary>
    public static string Source(Frame frame, Expr expression) =>
        ValueText.Cut(string.Join(' ', expression.Source(frame).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), SourceLength);

    private static Explanation Explain(Frame frame, Expr expression, Value value, string source) => expression switch
    {
        Not { Operand: Comparison comparison } =>
            Compared(frame, source, comparison.Left, Comparison.Symbol(Opposite(comparison.Operator)), comparison.Right),
        Not { Operand: Membership membership } => Compared(frame, source, membership.Item, "not in", membership.Container),
        Not { Operand: Call or Has } not => Explain(frame, not.Operand, Value.Bool(!value.AsBool), source),
        Not not => new(source) { Actual = Read(frame, not.Operand, Value.Bool(!value.AsBool), Unit.None) },
        Comparison comparison => Compared(frame, source, comparison.Left, Comparison.Symbol(comparison.Operator), comparison.Right),
        Membership membership => Compared(frame, source, membership.Item, "in", membership.Container),
        Has has => new(source) { Note = value.AsBool ? $"'{has.Selection.Field}' is there" : $"there is no '{has.Selection.Field}'" },
        Literal => new(source) { Note = "it says so itself" },
        Call call => Called(frame, source, call, value),
        _ => new(source) { Actual = Read(frame, expression, value, Unit.None) },
    };

    /// <summary>The measured side comes first; where both are measured, the left one.</summary>
    private static Explanation Compared(Frame frame, string source, Expr left, string symbol, Expr right)
    {
        if (IsConstant(left))
        {
            return IsConstant(right)
                ? new(source) { Note = "nothing in it is measured" }
                : Compared(frame, source, right, Mirrored(symbol), left);
        }
        var (a, b) = (left.Evaluate(frame, out _), right.Evaluate(frame, out _));
        var unit = UnitOf(frame, left) is var own and not Unit.None ? own : UnitOf(frame, right);
        var (actual, limit) = (Read(frame, left, a, unit), Read(frame, right, b, unit));
        // 499.6ms reads as 500ms, and 'was 500ms, needs < 500ms' explains nothing.
        if (actual.Text == limit.Text && !ValueOrder.AreEqual(a, b))
            (actual, limit) = (actual with { Text = UnitText.Exactly(a, unit) }, limit with { Text = UnitText.Exactly(b, unit) });
        return new(source) { Actual = actual, Operator = symbol, Limit = limit };
    }

    private static Explanation Called(Frame frame, string source, Call call, Value value)
    {
        if (call.Function?.Explain is { } explain
            && explain(frame, [.. call.Children.Select(argument => argument.Evaluate(frame, out _))]) is { } found)
            return new(source) { Note = found };
        var arguments = call.Children.Where(argument => !IsConstant(argument)).ToList();
        return arguments.Count == 0
            ? new(source) { Actual = Read(frame, call, value, Unit.None) }
            : new(source) { Facts = [.. arguments.Select(argument => Read(frame, argument, argument.Evaluate(frame, out _), Unit.None))] };
    }

    private static ComparedValue Read(Frame frame, Expr expression, Value value, Unit unit)
    {
        unit = unit == Unit.None ? UnitOf(frame, expression) : unit;
        return new(IsConstant(expression) ? null : Source(frame, expression), Kept(value), UnitText.Of(value, unit), Of(value, unit))
        {
            Name = IsPath(expression) ? NameOf(expression) : null,
            Counted = expression is Call { Name: "size", Children: [var counted] } ? Source(frame, counted) : null,
            Parts = Parts(frame, expression),
        };
    }

    /// <summary>What a sum is made of, and the list whose elements are counted.</summary>
    private static IReadOnlyList<ComparedValue> Parts(Frame frame, Expr expression)
    {
        if (expression is Call { Name: "size" } size && size.Children[0] is Transformation list)
            return [new(Source(frame, list), null, ValueText.Write(list.Evaluate(frame, out _), 60))];
        if (expression is not Arithmetic || IsConstant(expression))
            return [];
        return
        [
            .. Facts(expression).DistinctBy(fact => fact.Source(frame)).Take(MostParts)
                .Select(fact => Read(frame, fact, fact.Evaluate(frame, out _), Unit.None)),
        ];
    }

    /// <summary>A value that a verdict can hold: lists and maps may be large, and long texts are cut.</summary>
    private static Value? Kept(Value value) => value.Kind switch
    {
        ValueKind.Bool or ValueKind.Int or ValueKind.UInt or ValueKind.Double or ValueKind.Duration or ValueKind.Timestamp => value,
        ValueKind.String => Value.String(ValueText.Cut(value.AsString, MostCharacters)),
        _ => null,
    };

    private static Unit Of(Value value, Unit unit) => value.Kind switch
    {
        ValueKind.Duration => Unit.Duration,
        ValueKind.Timestamp => Unit.Timestamp,
        ValueKind.Int or ValueKind.UInt or ValueKind.Double => unit,
        _ => Unit.None,
    };

    /// <summary>A literal's own, or the one that the fact is declared in.</summary>
    private static Unit UnitOf(Frame frame, Expr expression) =>
        expression is Literal literal ? literal.Unit : frame.Units.GetValueOrDefault((expression.Start, expression.End));

    private static TokenKind Opposite(TokenKind comparison) => comparison switch
    {
        TokenKind.Less => TokenKind.GreaterEqual,
        TokenKind.LessEqual => TokenKind.Greater,
        TokenKind.Greater => TokenKind.LessEqual,
        TokenKind.GreaterEqual => TokenKind.Less,
        TokenKind.Equal => TokenKind.NotEqual,
        _ => TokenKind.Equal,
    };

    private static string Mirrored(string symbol) => symbol switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        "in" => "contains",
        "not in" => "does not contain",
        _ => symbol,
    };

    private static bool IsConstant(Expr expression) => expression is not (Variable or Local) && expression.Children.All(IsConstant);

    /// <summary>The facts it reads: paths that begin at a variable.</summary>
    private static IEnumerable<Expr> Facts(Expr expression) => expression switch
    {
        _ when IsPath(expression) => [expression],
        Quantifier quantifier => Facts(quantifier.Iteration.Range),
        Transformation transformation => Facts(transformation.Iteration.Range),
        Binding => [],
        _ => expression.Children.SelectMany(Facts),
    };

    private static bool IsPath(Expr expression) => expression switch
    {
        Variable or Local => true,
        Select select => IsPath(select.Operand),
        Indexing indexing => IsPath(indexing.Operand),
        _ => false,
    };

    private static string? NameOf(Expr path) => path switch
    {
        Variable variable => variable.Name,
        Local local => local.Name,
        Select select => select.Field,
        Indexing { Key: Literal { Value: { Kind: ValueKind.String } key } } => key.AsString,
        Indexing indexing => NameOf(indexing.Operand),
        _ => null,
    };
}
