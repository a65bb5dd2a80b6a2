using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using GateAction.Core.Model;

namespace GateAction.Syntax;

/// <summary>A value and the node it was read from; null for one that only stands in for a value.</summary>
internal sealed record Located<T>(T Value, Node? Node)
{
    public SourcePosition Position => Node?.Position ?? default;
}

internal sealed class LocatedSyntax<T>(Syntax<T> inner) : Syntax<Located<T>>
{
    public override string Expect(Func<string, string> ofMapping) => inner.Expect(ofMapping);

    public override Located<T> Placeholder => new(inner.Placeholder, null);

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out Located<T> value)
    {
        var isWhole = inner.TryRead(node, reading, out var read);
        value = read is null ? null : new(read, node);
        return isWhole;
    }

    public override JsonNode? Format(Located<T> value) => inner.Format(value.Value);

    public override JsonObject Schema(SchemaDefinitions definitions) => inner.Schema(definitions);
}

internal static class LocatedSyntax
{
    /// <summary>The same value with the node it was read from, for checks against other parts of the file.</summary>
    /// <remarks>Not a member of <see cref="Syntax{T}"/>: the native compiler would expand it without end, a located located value and so
    /// on.</remarks>
    public static Syntax<Located<T>> Located<T>(this Syntax<T> inner) => new LocatedSyntax<T>(inner);
}
