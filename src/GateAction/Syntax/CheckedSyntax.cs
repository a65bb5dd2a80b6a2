using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

internal sealed class CheckedSyntax<T>(Syntax<T> inner, Func<T, string?> objection) : Syntax<T>
{
    public override string Expectation => inner.Expectation;

    public override T Placeholder => inner.Placeholder;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value)
    {
        if (!inner.TryRead(node, reading, out value))
            return false;
        return objection(value!) is not { } message || Refuse(node, reading, message, out value);
    }

    public override JsonNode? Format(T value) => inner.Format(value);

    public override T Overlay(T general, T own) => inner.Overlay(general, own);

    public override JsonObject Schema(SchemaDefinitions definitions) => inner.Schema(definitions);
}
