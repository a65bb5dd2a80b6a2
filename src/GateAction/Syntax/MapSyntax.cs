using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>One entry of a mapping whose keys the user chooses.</summary>
internal sealed record Entry<T>(string Key, T Value, ScalarNode KeyNode);

/// <summary>A mapping whose keys the user chooses, in the order of the file.</summary>
internal sealed class MapSyntax<T>(Syntax<string> key, Syntax<T> item, bool acceptsNone) : Syntax<IReadOnlyList<Entry<T>>>
{
    public override string Expect(Func<string, string> ofMapping) => $"a mapping, each value {item.Expect(ofMapping)}";

    public override IReadOnlyList<Entry<T>> Placeholder => [];

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out IReadOnlyList<Entry<T>> value)
    {
        if (node is not MappingNode mapping || (mapping.Entries.Count == 0 && !acceptsNone))
            return Refuse(node, reading, $"found {node.Found}, expected {Repair(node) ?? Expectation}", out value);
        var entries = new List<Entry<T>>();
        var isWhole = true;
        foreach (var (keyNode, valueNode) in mapping.Entries)
        {
            isWhole &= key.TryRead(keyNode, reading, out _);
            isWhole &= item.TryRead(valueNode, reading, out var read);
            if (read is not null)
                entries.Add(new(keyNode.Text, read, keyNode));
        }
        value = entries;
        return isWhole;
    }

    // Who wrote a list knows what goes into it: what it lacks are the names.
    private static string? Repair(Node node) => node switch
    {
        SequenceNode { Items: [MappingNode first, ..] } when (first.Find("name") ?? first.Find("id")) is ScalarNode name =>
            $"a mapping; the name is the key: write '{name.Text}:' in place of '- {first.Entries[0].Key.Text}: {name.Text}'",
        SequenceNode => "a mapping; leave out the dashes and write a name before each",
        _ => null,
    };

    /// <summary>The entries of both; where a key stands in both, whatever its case, the own one.</summary>
    public override IReadOnlyList<Entry<T>> Overlay(IReadOnlyList<Entry<T>> general, IReadOnlyList<Entry<T>> own)
    {
        var names = own.Select(entry => entry.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. general.Where(entry => !names.Contains(entry.Key)), .. own];
    }

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = item.Schema(definitions) };
        if (key.Schema(definitions) is var names && names.ContainsKey("pattern"))
            schema["propertyNames"] = names;
        if (!acceptsNone)
            schema["minProperties"] = 1;
        return schema;
    }
}
