using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>How far a field must be given.</summary>
internal enum Presence
{
    Optional,
    Required,

    /// <summary>Exactly one field of its group must be given.</summary>
    OneOfGroup,

    /// <summary>Any number of fields whose names begin as this one's, and that are not read.</summary>
    Unread,
}

/// <summary>A field of a mapping as schema and docs show it.</summary>
/// <param name="Default">As written in YAML; null where there is none.</param>
/// <param name="Group">Tells the fields apart of which exactly one must be given.</param>
internal sealed record Field(string Name, Syntax Syntax, Presence Presence, JsonNode? Default, string Description, int Group = 0)
{
    /// <summary>The description with a capital letter and a full stop.</summary>
    public string Sentence => Capitalized(Description);

    public static string Capitalized(string text) =>
        text.Length == 0 ? "" : $"{char.ToUpperInvariant(text[0])}{text[1..].TrimEnd('.')}.";
}

/// <summary>What is not read may be anything.</summary>
internal sealed class UnreadSyntax : Syntax<bool>
{
    public override string Expectation => "anything";

    public override bool Placeholder => false;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out bool value) => value = true;

    public override JsonObject Schema(SchemaDefinitions definitions) => [];
}
