using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>Whether the two sides of a comparison can be compared, with the way to write the constant that was meant.</summary>
internal static class ComparisonCheck
{
    private const Kinds Ordered = Kinds.Number | Kinds.Bool | Kinds.String | Kinds.Bytes | Kinds.Duration | Kinds.Timestamp;

    public static bool CanBeEqual(Shape left, Shape right) =>
        left.MayBe(right.Kinds) || (left.MayBe(Kinds.Number) && right.MayBe(Kinds.Number));

    public static string? Problem(Comparison comparison, Shape left, Shape right, Func<Expr, string> source)
    {
        var isEquality = comparison.Operator is TokenKind.Equal or TokenKind.NotEqual;
        var mayCompare = CanBeEqual(left, right) && (isEquality || (left.MayBe(Ordered) && right.MayBe(Ordered)));
        var (fact, factShape, other, otherShape) = comparison.Right is Literal
            ? (comparison.Left, left, comparison.Right, right)
            : (comparison.Right, right, comparison.Left, left);
        if (!mayCompare)
        {
            // JSON has null, a declared fact has not: it is there with a value, or it is absent.
            if (isEquality && (left.Kinds == Kinds.Null || right.Kinds == Kinds.Null)
                && (comparison.Left is not Literal || comparison.Right is not Literal))
                return $"'{source(fact)}' is {factShape.Description} and never null; to ask whether it was measured write has(…)";
            if (factShape.Kinds == Kinds.Bool && fact is Comparison inner && otherShape.MayBe(Kinds.Number)
                && inner.Operator is not (TokenKind.Equal or TokenKind.NotEqual))
                return $"'{source(fact)}' is true or false; to compare twice write {source(fact)} && {source(inner.Right)} "
                    + $"{Comparison.Symbol(comparison.Operator)} {source(other)}";
            return $"'{source(fact)}' is "
                + $"{factShape.Description}{Instead(source(fact), factShape, other as Literal, otherShape, source(other))}";
        }
        if (other is not Literal { Value: var value })
            return null;
        if (Quotient(fact, factShape) is { } quotient && (otherShape.Unit == Unit.Percent || value.Kind == ValueKind.Double))
            return $"'{source(fact)}' divides whole numbers and leaves out the fraction: below one whole it is 0; write "
                + $"ratio({source(quotient.Left)}, {source(quotient.Right)})";
        // A ratio is never above 1: '>= 95' would never hold, and '< 95' would hold whatever is measured.
        if (factShape.Fact?.Kind == FactKind.Ratio && otherShape.Unit != Unit.Percent && Number(value) is > 1 and var number)
            return $"'{source(fact)}' is a ratio from 0 to 1; write "
                + $"{(number <= 100 ? ValueText.Format(number) + "%" : "a percentage such as 95%")}";
        if (otherShape.Unit == Unit.Percent && factShape.Fact?.Kind is FactKind.Int or FactKind.Size)
            return $"'{source(fact)}' is {factShape.Description}, and {source(other)} is {ValueText.Short(value)}; compare a ratio";
        return null;
    }

    /// <summary>A ratio that is asked to be above a part of one percent: a percentage was meant.</summary>
    public static string? TooLow(Comparison comparison, Shape limit, Func<Expr, string> source) =>
        limit.Unit == Unit.Percent
        && comparison is { Operator: TokenKind.Greater or TokenKind.GreaterEqual, Right: Literal { Value: var part } }
        && part is { Kind: ValueKind.Double, AsDouble: > 0 and < 0.01 }
            ? $"{source(comparison.Right)} is {ValueText.Short(part)}, which almost any ratio is above; is "
            + $"{ValueText.Format(Math.Round(part.AsDouble * 10_000, 6))}% meant?"
            : null;

    /// <summary>A division of whole numbers, of which only whole numbers come.</summary>
    private static Arithmetic? Quotient(Expr expression, Shape shape) =>
        shape.Kinds == Kinds.Int && expression is Arithmetic { Operator: TokenKind.Slash, Left: not Literal } quotient ? quotient : null;

    private static string Instead(string fact, Shape shape, Literal? literal, Shape other, string text)
    {
        if (shape.Kinds == Kinds.Duration && literal is { Value.IsNumber: true, Unit: Unit.None })
            return $"; write {text}ms or {text}s";
        if (shape.Kinds == Kinds.Duration && literal?.Value.Kind == ValueKind.String
            && Durations.TryParse(literal.Value.AsString, out var duration))
            return $"; write {Durations.Exactly(duration)} without quotes";
        if (shape.Kinds == Kinds.Timestamp && other.Kinds == Kinds.Duration)
            return $", a point in time; write now - {text}, or compare now - {fact} with {text}";
        if (shape.Kinds == Kinds.Timestamp && literal?.Value.Kind == ValueKind.String)
            return $"; write timestamp({text})";
        if (shape.Kinds is Kinds.List or Kinds.Map && other.MayBe(Kinds.Number))
            return $"; compare size({fact})";
        if (literal?.Value.Kind == ValueKind.String && Constant(shape, literal.Value.AsString) is { } constant)
            return $"; write {constant} without quotes";
        if (shape.Kinds == Kinds.String && literal is { Value.Kind: ValueKind.Int or ValueKind.Double or ValueKind.Bool })
            return $"; write \"{text}\" in quotes";
        return $" and cannot be compared with {other.Description}";
    }

    /// <summary>A string that holds what was meant: <c>"200"</c>, <c>"true"</c>.</summary>
    private static string? Constant(Shape shape, string text) => shape switch
    {
        { Kinds: Kinds.Bool } when text is "true" or "false" => text,
        { Fact.Kind: FactKind.Ratio } when text.EndsWith('%')
            && double.TryParse(text[..^1], System.Globalization.CultureInfo.InvariantCulture, out _) =>
            text.Replace(" ", "", StringComparison.Ordinal),
        _ when (shape.Kinds & ~Kinds.Number) == 0 && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) =>
            text,
        _ => null,
    };

    private static double? Number(Value value) => value.Kind switch
    {
        ValueKind.Int => value.AsInt,
        ValueKind.UInt => value.AsUInt,
        ValueKind.Double => value.AsDouble,
        _ => null,
    };
}
