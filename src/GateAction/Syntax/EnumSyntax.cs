using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

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
        for (var index = 0; index < names.Count; index++)
        {
            value = names[index].Value;
            if (names[index].Name == scalar.Text)
                return true;
        }
        return Refuse(node, reading, $"found {node.Found}; {DidYouMean.For(scalar.Text, names.Select(name => name.Name))}", out value);
    }

    public override JsonNode? Format(T value)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (EqualityComparer<T>.Default.Equals(names[index].Value, value))
                return names[index].Name;
        }
        return null;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name.Name)]) };
}
