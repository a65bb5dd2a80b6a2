using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Manifests.Syntax;

internal sealed class ConvertedSyntax<TFrom, T>(Syntax<TFrom> inner, Func<TFrom, T> convert) : Syntax<T>
{
    public override string Expectation => inner.Expectation;

    public override T Placeholder => convert(inner.Placeholder);

    public override bool TryRead(Node node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        var isRead = inner.TryRead(node, reading, out var from);
        value = isRead ? convert(from!) : default;
        return isRead;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => inner.Schema(definitions);
}
