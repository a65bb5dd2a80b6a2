using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>A short form written as a text, or the full form for anything else.</summary>
internal sealed class EitherSyntax<T>(Syntax<T> shortForm, Syntax<T> fullForm) : Syntax<T>
{
    public override string Expectation => $"{shortForm.Expectation}, or {fullForm.Expectation}";

    public override T Placeholder => fullForm.Placeholder;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value) => node switch
    {
        ScalarNode { IsNull: true } => RefuseKind(node, reading, out value),
        ScalarNode => shortForm.TryRead(node, reading, out value),
        _ => fullForm.TryRead(node, reading, out value),
    };

    public override JsonNode? Format(T value) => shortForm.Format(value) ?? fullForm.Format(value);

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["anyOf"] = new JsonArray(shortForm.Schema(definitions), fullForm.Schema(definitions)) };
}
