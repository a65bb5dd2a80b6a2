using GateAction.Cel.Expressions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>Names that are no probe, with what was likely meant: a word of another language, a text without quotes, a name with a
/// dash.</summary>
internal static class MissingNames
{
    public static string Describe(string name, IEnumerable<string> known) => Foreign(name) ?? Unknown(name, known);

    /// <summary>Where the name stands for a value that something is compared with.</summary>
    public static string DescribeAsText(string name, IEnumerable<string> known) => Foreign(name) ?? (Suggestion.Nearest(name, known) is null
        ? $"there is no probe or result set '{name}'; a text stands in quotes: \"{name}\""
        : $"{Unknown(name, known)}; a text stands in quotes: \"{name}\"");

    /// <summary>The field that a name such as <c>headers.content-type</c> begins with; null for a subtraction.</summary>
    public static Select? Dashed(Arithmetic arithmetic, string text, IReadOnlyDictionary<string, FactType> names)
    {
        // 'headers.content-type' is read as a subtraction. Blanks around the sign, or a fact on its right, say that one is meant.
        var isJoined = arithmetic.Operator == TokenKind.Minus && text[arithmetic.Left.End] == '-'
            && arithmetic.Right.Start == arithmetic.Left.End + 1;
        if (!isJoined || !(arithmetic.Right is Literal { Value.Kind: ValueKind.Type }
            || (arithmetic.Right is Variable right && !names.ContainsKey(right.Name))))
            return null;
        return arithmetic.Left switch
        {
            Select select => select,
            Arithmetic inner => Dashed(inner, text, names),
            _ => null,
        };
    }

    /// <summary>Of what may be a list, a text or an object with a field of that name.</summary>
    public static string Length(string source) =>
        $"lists and texts have no field 'length'; write size({source}), or {source}[\"length\"] where a field has that name";

    // Where github is not known the facts are those of one probe, in its own fields: 'wait', 'receive'.
    private static string Unknown(string name, IEnumerable<string> known) =>
        known.Contains(GateVariables.GitHub) || known.Contains(GateVariables.Now) || Suggestion.Nearest(name, known) is not null
        ? $"there is no probe or result set '{name}'{Suggestion.For(name, known)}"
        : $"there is no fact '{name}' here{Suggestion.For(name, known)}; the facts of this probe stand without its name before them";

    private static string? Foreign(string name) => name switch
    {
        "True" or "TRUE" or "False" or "FALSE" => $"'{name}' is no name; write {name.ToLowerInvariant()}",
        "None" or "Null" or "NULL" or "nil" or "undefined" => $"there is no '{name}'; write null, or has(x) to ask whether it was measured",
        GateVariables.Environment =>
            "no variable is listed; list it under 'env' at the top of the manifest, then a condition reads it as env.NAME",
        "secrets" or "vars" =>
            $"there is no '{name}' in a condition: it reads variables that 'env' lists at the top of the manifest, as env.NAME, and no "
            + "secrets",
        _ => null,
    };
}
