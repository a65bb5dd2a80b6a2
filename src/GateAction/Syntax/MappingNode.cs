namespace GateAction.Syntax;

/// <summary>One <c>key: value</c> of a mapping.</summary>
internal sealed record MappingEntry(ScalarNode Key, Node Value);

/// <summary>A mapping; its keys are scalars and each stands once.</summary>
internal sealed class MappingNode(SourceText source, NodePath path, int start, int end, IReadOnlyList<MappingEntry> entries)
    : Node(source, path, start, end)
{
    public IReadOnlyList<MappingEntry> Entries { get; } = entries;

    public override int Size { get; } = 1 + entries.Sum(entry => 1 + entry.Value.Size);

    public override string Found => Entries.Count == 0 ? "an empty mapping" : "a mapping";

    public Node? Find(string key) => FindEntry(key)?.Value;

    public MappingEntry? FindEntry(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key);
}
