using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using GateAction.Cel;

namespace GateAction.Syntax;

/// <summary>
/// A name the user chooses. Without dashes it is an identifier of CEL (cel-spec, doc/langdef.md) that is no word of the language or of the
/// gate.
/// </summary>
internal sealed class IdentifierSyntax(bool acceptsDashes) : Syntax<string>
{
    /// <summary>What <c>for-each</c> fills in, for the schema: the file in an editor is not written out yet.</summary>
    private const string Hole = @"\$\{[a-z][A-Za-z0-9_.-]*\}";

    public override string Expect(Func<string, string> ofMapping) => acceptsDashes
        ? "a name of small letters, digits, '-' and '_' that begins with a letter"
        : "a name of small letters, digits and '_' that begins with a letter";

    public override string Placeholder => "";

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out string value)
    {
        if (node is not ScalarNode { Text: { Length: > 0 and <= 100 } name } || !char.IsAsciiLetterLower(name[0]) || !name.All(IsAccepted))
        {
            var repaired = node is ScalarNode scalar ? Repair(scalar.Text) : "";
            return Refuse(node, reading,
                $"found {node.Found}, expected {Expectation}{(repaired.Length > 0 ? $", such as '{repaired}'" : "")}", out value);
        }
        // Names that may have dashes are of criteria and groups, which no condition reads.
        if (!acceptsDashes && Condition.IsReserved(name))
            return Refuse(node, reading, $"'{name}' has a meaning of its own in conditions; choose another name, such as '{name}_probe'",
                out value);
        value = name;
        return true;
    }

    public override JsonNode? Format(string value) => value;

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new()
        {
            ["type"] = "string",
            ["pattern"] = $"^([a-z]|{Hole})([a-z0-9_{(acceptsDashes ? "-" : "")}]|{Hole})*$",
            ["maxLength"] = 100
        };

    private bool IsAccepted(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_' || (acceptsDashes && c == '-');

    private string Repair(string text)
    {
        var name = new string([.. text.ToLowerInvariant().Take(100).Select(c => IsAccepted(c) ? c : acceptsDashes ? '-' : '_')]);
        return name.TrimStart([.. "0123456789_-"]).TrimEnd('-', '_');
    }
}
