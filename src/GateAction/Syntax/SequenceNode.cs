namespace GateAction.Syntax;

internal sealed class SequenceNode(SourceText source, NodePath path, int start, int end, IReadOnlyList<Node> items)
    : Node(source, path, start, end)
{
    public IReadOnlyList<Node> Items { get; } = items;

    public override int Size { get; } = 1 + items.Sum(item => item.Size);

    public override string Found => Items.Count == 0 ? "an empty list" : "a list";
}
