using GateAction.Core.Model;

namespace GateAction.Syntax;

/// <summary>A value and the node it was read from; null for one that only stands in for a value.</summary>
internal sealed record Located<T>(T Value, Node? Node)
{
    public SourcePosition Position => Node?.Position ?? default;
}
