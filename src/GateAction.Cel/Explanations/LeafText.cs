using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Explanations;

/// <summary>One comparison, test or fact with the values that it looked at: <c>backend.latency.p95 &lt; 500ms: was 812ms</c>.</summary>
internal static class LeafText
{
    private const int SourceLength = 120;

    public static string Explain(Frame frame, Expr expression, Value value) =>
        $"{Source(frame, expression)}: {Values(frame, expression, value, isWhole: true)}";

    /// <summary>As it stands in the condition, on one line and shortened.</summary>
    public static string Source(Frame frame, Expr expression) =>
        ValueText.Cut(string.Join(' ', expression.Source(frame).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), SourceLength);

    /// <param name="isWhole">The expression's text stands before this, so that a single value needs no name.</param>
    public static string Values(Frame frame, Expr expression, Value value, bool isWhole) => expression switch
    {
        Not { Operand: Comparison or Membership or Call or Has } not => Values(frame, not.Operand, Value.Bool(!value.AsBool), isWhole: false),
        Not not => Named(frame, not.Operand, Value.Bool(!value.AsBool), QuantityUnit.None, isWhole),
        Comparison comparison => Sides(frame, comparison.Left, comparison.Right, isWhole),
        Membership membership => Sides(frame, membership.Item, membership.Container, isWhole),
        Has has => value.AsBool
            ? $"'{has.Selection.Field}' is there"
            : $"there is no '{has.Selection.Field}'",
        Literal => "it says so itself",
        Call call => Arguments(frame, call, value),
        _ => Named(frame, expression, value, QuantityUnit.None, isWhole),
    };

    private static string Sides(Frame frame, Expr left, Expr right, bool isWhole)
    {
        if (IsConstant(right))
            return IsConstant(left) ? "nothing in it is measured" : Side(frame, left, right, isWhole);
        return IsConstant(left)
            ? Side(frame, right, left, isWhole)
            : $"{Side(frame, left, right, isWhole)}; {Side(frame, right, left, isWhole: false)}";
    }

    private static string Side(Frame frame, Expr side, Expr other, bool isWhole)
    {
        var text = Named(frame, side, side.Evaluate(frame, out _), (other as Literal)?.Unit ?? QuantityUnit.None, isWhole);
        var facts = Facts(side).Where(fact => fact != side).DistinctBy(fact => fact.Source(frame)).ToList();
        if (side is Arithmetic && facts.Count > 0)
            return $"{text} ({string.Join(", ", facts.Take(3).Select(fact => Named(frame, fact, fact.Evaluate(frame, out _), QuantityUnit.None, isWhole: false)))})";
        return side is Call { Name: "size" } size && size.Children[0] is Transformation list
            ? $"{text} {ValueText.Write(list.Evaluate(frame, out _), 60)}"
            : text;
    }

    private static string Arguments(Frame frame, Call call, Value value)
    {
        var arguments = call.Children.Where(argument => !IsConstant(argument)).ToList();
        return arguments.Count == 0
            ? $"was {ValueText.Short(value)}"
            : string.Join("; ", arguments.Select(argument => Named(frame, argument, argument.Evaluate(frame, out _), QuantityUnit.None, isWhole: false)));
    }

    private static string Named(Frame frame, Expr expression, Value value, QuantityUnit unit, bool isWhole) => isWhole
        ? $"was {UnitText.Like(value, unit)}"
        : $"{Source(frame, expression)} was {UnitText.Like(value, unit)}";

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
}
