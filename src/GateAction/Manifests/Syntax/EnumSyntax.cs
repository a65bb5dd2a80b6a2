using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Manifests.Syntax;

/// <summary>One of a few words.</summary>
internal sealed class EnumSyntax<T>(IReadOnlyList<(string Name, T Value)> names) : Syntax<T>
{
    public override string Expectation => names.Count <= 4
        ? string.Join(" or ", names.Select(name => $"'{name.Name}'"))
        : $"one of {string.Join(", ", names.Select(name => $"'{name.Name}'"))}";

    public override T Placeholder => names[0].Value;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
            return RefuseKind(node, reading, out value);
        foreach (var name in names.Where(name => name.Name == scalar.Text))
        {
            value = name.Value;
            return true;
        }
        return Refuse(node, reading, $"found {node.Found}; {DidYouMean.For(scalar.Text, names.Select(name => name.Name))}", out value);
    }

    public override JsonNode? Format(T value) =>
        names.FirstOrDefault(name => EqualityComparer<T>.Default.Equals(name.Value, value)).Name is { } text ? JsonValue.Create(text) : null;

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name.Name)]) };
}
