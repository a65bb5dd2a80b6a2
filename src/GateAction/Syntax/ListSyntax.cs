using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>A list; where <paramref name="acceptsOne"/>, a single item may also stand alone.</summary>
internal sealed class ListSyntax<T>(Syntax<T> item, bool acceptsOne, bool acceptsNone) : Syntax<IReadOnlyList<T>>
{
    public override string Expect(Func<string, string> ofMapping) =>
        acceptsOne ? $"{item.Expect(ofMapping)}, or a list of such" : $"a list, each item {item.Expect(ofMapping)}";

    public override IReadOnlyList<T> Placeholder => [];

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out IReadOnlyList<T> value)
    {
        if (node is SequenceNode { Items.Count: 0 } && !acceptsNone)
            return Refuse(node, reading, $"found an empty list, expected at least one item: {item.Expectation}", out value);
        // Nothing behind a key was forgotten, more likely than meant as an empty list.
        if (node is not SequenceNode && (!acceptsOne || node is ScalarNode { IsNull: true }))
            return Refuse(node, reading, $"found {node.Found}, expected {Expectation}{Repair(node)}", out value);
        var values = new List<T>();
        var isWhole = true;
        foreach (var itemNode in node is SequenceNode sequence ? sequence.Items : [node])
        {
            isWhole &= item.TryRead(itemNode, reading, out var read);
            if (read is not null)
                values.Add(read);
        }
        value = values;
        return isWhole;
    }

    private static string Repair(Node node) => node is ScalarNode { IsNull: false } text
        ? $"; write [{string.Join(", ", text.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))}]"
        : "";

    public override JsonNode? Format(IReadOnlyList<T> value) =>
        value.Count == 0 ? null : new JsonArray([.. value.Select(item.Format)]);

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item.Schema(definitions) };
        if (!acceptsNone)
            list["minItems"] = 1;
        return acceptsOne ? new JsonObject { ["anyOf"] = new JsonArray(item.Schema(definitions), list) } : list;
    }
}
