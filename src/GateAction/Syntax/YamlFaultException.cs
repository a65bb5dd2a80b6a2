namespace GateAction.Syntax;

/// <summary>Reading the tree cannot go on; never leaves <see cref="YamlTree"/>.</summary>
internal sealed class YamlFaultException(int offset, NodePath path, string message) : Exception(message)
{
    public int Offset { get; } = offset;

    public NodePath Path { get; } = path;
}
