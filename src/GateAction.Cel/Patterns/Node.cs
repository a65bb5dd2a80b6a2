namespace GateAction.Cel.Patterns;

/// <summary>A part of a pattern as it was written.</summary>
internal abstract record Node;

/// <summary>One character of a set.</summary>
internal sealed record One(RuneSet Set) : Node;

/// <summary>A place between two characters.</summary>
internal sealed record At(Place Place) : Node;

/// <summary>One after the other; of none, the empty text.</summary>
internal sealed record Sequence(IReadOnlyList<Node> Parts) : Node;

internal sealed record Either(IReadOnlyList<Node> Options) : Node;

/// <param name="Most">Null for any number.</param>
internal sealed record Repeat(Node Part, int Least, int? Most) : Node;

internal enum Place
{
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordEdge,
    NoWordEdge,
}
