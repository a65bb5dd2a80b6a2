using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>A value with the references that stand in it.</summary>
internal sealed record Referring<T>(T Value, IReadOnlyList<Reference> References);

internal sealed class ReferringSyntax<T>(Syntax<T> inner) : Syntax<Referring<T>>
{
    public override string Expectation => inner.Expectation;

    public override Referring<T> Placeholder => new(inner.Placeholder, []);

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out Referring<T> value)
    {
        var before = reading.References.Count;
        var isWhole = inner.TryRead(node, reading, out var read);
        value = read is null ? null : new(read, reading.References[before..]);
        return isWhole;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => inner.Schema(definitions);
}
