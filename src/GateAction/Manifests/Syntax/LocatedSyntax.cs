using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Manifests.Syntax;

internal sealed class LocatedSyntax<T>(Syntax<T> inner) : Syntax<Located<T>>
{
    public override string Expectation => inner.Expectation;

    public override Located<T> Placeholder =>
        new(inner.Placeholder, new SequenceNode(new SourceText("", ""), NodePath.Root, 0, 0, []));

    public override bool TryRead(Node node, Reading reading, [MaybeNullWhen(false)] out Located<T> value)
    {
        value = inner.TryRead(node, reading, out var read) ? new(read, node) : null;
        return value is not null;
    }

    public override JsonNode? Format(Located<T> value) => inner.Format(value.Value);

    public override JsonObject Schema(SchemaDefinitions definitions) => inner.Schema(definitions);
}
