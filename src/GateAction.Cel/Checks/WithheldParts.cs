using GateAction.Cel.Expressions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>
/// Parts that can only ever be withheld: what a masked fact is compared with would be told by the verdict. That it is there, and is not
/// empty, may be asked; that it differs from a text too, because a fact that is null does.
/// </summary>
internal static class WithheldParts
{
    private static readonly string[] Tests = ["startsWith", "endsWith", "contains", "matches"];

    /// <param name="masked">Paths with the probe's name before them: <c>login.json.access_token</c>.</param>
    public static IEnumerable<ConditionProblem> In(Expr expression, IReadOnlyList<string> masked)
    {
        var left = new Stack<Expr>([expression]);
        while (left.TryPop(out var next))
        {
            if (MaskedIn(next, masked) is { } path)
                yield return new(next.Start, next.End - next.Start,
                    $"'{path}' is masked, and this would tell what it is: it is inconclusive whatever is measured; ask whether it is "
                    + $"there, as in '{path} != \"\"', or take it out of 'mask'");
            foreach (var child in next.Children)
                left.Push(child);
        }
    }

    private static string? MaskedIn(Expr part, IReadOnlyList<string> masked) => part switch
    {
        // '!=' may hold: a fact that is null or empty was not masked, and differs from the text.
        Comparison { Operator: TokenKind.NotEqual } => null,
        Comparison { Operator: TokenKind.Equal, Left: Literal { Value: var value } } when IsNothing(value) => null,
        Comparison { Operator: TokenKind.Equal, Right: Literal { Value: var value } } when IsNothing(value) => null,
        Comparison { Left: var fact, Right: Literal } => PathOf(fact, masked),
        Comparison { Left: Literal, Right: var fact } => PathOf(fact, masked),
        Call { IsMember: true, Children: [var fact, Literal { Value: var value }] } call when Tests.Contains(call.Name) =>
            IsNothing(value) ? null : PathOf(fact, masked),
        _ => null,
    };

    private static bool IsNothing(Value value) =>
        value.Kind == ValueKind.Null || (value.Kind == ValueKind.String && value.AsString.Length == 0);

    private static string? PathOf(Expr expression, IReadOnlyList<string> masked)
    {
        var names = new List<string>();
        if (!FactUse.TryPath(expression, names))
            return null;
        var path = string.Join('.', names);
        return masked.Any(one => path == one || path.StartsWith($"{one}.", StringComparison.Ordinal)) ? path : null;
    }
}
