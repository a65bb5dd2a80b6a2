using GateAction.Cel.Expressions;

namespace GateAction.Cel.Parsing;

/// <summary>The macros that go over a list or a map; <c>has</c> and <c>cel.bind</c> are read by the parser.</summary>
internal static class Macros
{
    public static IReadOnlyList<Macro> All { get; } =
    [
        Quantify("all", "Whether something holds for every element or key", QuantifierKind.All),
        Quantify("exists", "Whether something holds for at least one", QuantifierKind.Exists),
        Quantify("exists_one", "Whether something holds for exactly one", QuantifierKind.ExistsOne),
        Quantify("existsOne", "The same as exists_one", QuantifierKind.ExistsOne),
        // 'filter' is a map whose body is the element itself, which stands nowhere in the text.
        new("filter", "list.filter(x, x > 0)", "The elements or keys for which something holds", 1, false, false,
            (start, end, iteration, _, body) =>
            new Transformation(start, end, TransformationKind.Filter, iteration, body, new Local(start, start, "", iteration.First))),
        new("map", "list.map(x, x * 2)",
            "A list of what each element or key becomes; with three arguments of those for which the second holds", 1, false, true,
            Transform(TransformationKind.List)),
        new("transformList", "list.transformList(i, x, x * i)", "As map, with index and element or key and value", 2, false, true,
            Transform(TransformationKind.List)),
        new("transformMap", "map.transformMap(k, v, v * 2)", "A map with the same keys", 2, false, true, Transform(TransformationKind.Map)),
        new("transformMapEntry", "map.transformMapEntry(k, v, {v: k})", "A map of the entries given", 2, false, true,
            Transform(TransformationKind.MapEntry)),
    ];

    public static Macro? Find(string name)
    {
        foreach (var macro in All)
        {
            if (macro.Name == name)
                return macro;
        }
        return null;
    }

    private static Macro Quantify(string name, string description, QuantifierKind kind) => new(
        name, $"list.{name}(x, x > 0)", description, 1, true, false,
        (start, end, iteration, _, body) => new Quantifier(start, end, kind, iteration, body));

    private static MacroExpansion Transform(TransformationKind kind) =>
        (start, end, iteration, filter, body) => new Transformation(start, end, kind, iteration, filter, body);
}

internal delegate Expr MacroExpansion(int start, int end, Iteration iteration, Expr? filter, Expr body);

/// <summary>A call that binds variables (langdef "Macros", cel-go ext/comprehensions).</summary>
/// <param name="Variables">One for elements or keys, two for index and element or key and value.</param>
/// <param name="MayHaveSecond">One variable, and a second one where the call has three arguments.</param>
/// <param name="MayFilter">A predicate may stand before the body.</param>
internal sealed record Macro(string Name, string Usage, string Description, int Variables, bool MayHaveSecond, bool MayFilter,
    MacroExpansion Create);
