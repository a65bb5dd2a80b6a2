using GateAction.Core.Model;

namespace GateAction.Syntax;

/// <summary>A value of a YAML file with its place. Offsets are UTF-16 code units from the start of the text; the end is
/// exclusive.</summary>
internal abstract class Node(SourceText source, NodePath path, int start, int end)
{
    public SourceText Source { get; } = source;

    public NodePath Path { get; } = path;

    public int Start { get; } = start;

    public int End { get; } = end;

    public SourcePosition Position => Source.PositionAt(Start);

    /// <summary>How many nodes the value has when its aliases are written out.</summary>
    public abstract int Size { get; }

    /// <summary>What was found, to follow "found" in a message.</summary>
    public abstract string Found { get; }
}
