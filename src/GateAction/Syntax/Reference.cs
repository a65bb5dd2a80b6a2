using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using GateAction.Cel;

namespace GateAction.Syntax;

/// <summary>A fact of another probe that a text reads.</summary>
/// <param name="Index">Where in the node's text the expression begins.</param>
internal sealed record Reference(Condition Fact, ScalarNode Node, int Index)
{
    public void Refuse(Problems problems, string message) => problems.Add(Node, Index, Fact.Text.Length, message);
}

/// <summary>A value with the references that stand in it.</summary>
internal sealed record Referring<T>(T Value, IReadOnlyList<Reference> References);

internal sealed class ReferringSyntax<T>(Syntax<T> inner) : Syntax<Referring<T>>
{
    public override string Expect(Func<string, string> ofMapping) => inner.Expect(ofMapping);

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
