using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Manifests.Syntax;

/// <summary>The name of a probe or result set: an identifier of CEL (cel-spec, doc/langdef.md) that is no word of the language or of the gate.</summary>
internal sealed class IdentifierSyntax : Syntax<string>
{
    private static readonly string[] Reserved =
    [
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "namespace", "null",
        "package", "return", "true", "var", "void", "while", "baseline", "github", "now", "has", "math", "cel", "base64",
        "bool", "bytes", "double", "duration", "dyn", "int", "list", "map", "string", "timestamp", "type", "uint", "null_type",
    ];

    public override string Expectation => "a name of small letters, digits and '_' that begins with a letter";

    public override string Placeholder => "";

    public override bool TryRead(Node node, Reading reading, [MaybeNullWhen(false)] out string value)
    {
        if (node is not ScalarNode { Text: { Length: > 0 } name } || !char.IsAsciiLetterLower(name[0]) || !name.All(IsAccepted))
        {
            var repaired = node is ScalarNode scalar ? Repair(scalar.Text) : "";
            return Refuse(node, reading, $"found {node.Found}, expected {Expectation}{(repaired.Length > 0 ? $", such as '{repaired}'" : "")}", out value);
        }
        if (Reserved.Contains(name))
            return Refuse(node, reading, $"'{name}' has a meaning of its own in conditions; choose another name, such as '{name}_probe'", out value);
        value = name;
        return true;
    }

    public override JsonNode? Format(string value) => value;

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = "^[a-z][a-z0-9_]*$" };

    private static bool IsAccepted(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_';

    private static string Repair(string text) =>
        new string([.. text.ToLowerInvariant().Select(c => IsAccepted(c) ? c : '_')]).TrimStart([.. "0123456789_"]);
}
