using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

internal sealed class ConvertedSyntax<TFrom, T>(Syntax<TFrom> inner, Func<TFrom, T> convert) : Syntax<T>
{
    public override string Expectation => inner.Expectation;

    public override T Placeholder => convert(inner.Placeholder);

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value)
    {
        var isWhole = inner.TryRead(node, reading, out var from);
        value = isWhole || IsPart(from) ? convert(from!) : default;
        return isWhole;
    }

    // What a wrong value of a value type leaves behind is no part of it.
    private static bool IsPart(TFrom? value) => value is not null && !typeof(TFrom).IsValueType;

    public override JsonObject Schema(SchemaDefinitions definitions) => inner.Schema(definitions);
}
