namespace GateAction.Cel.Patterns;

/// <summary>A part of a pattern as it was written.</summary>
internal abstract record PatternNode;

/// <summary>One character of a set.</summary>
internal sealed record One(RuneSet Set) : PatternNode;

/// <summary>A place between two characters.</summary>
internal sealed record At(PatternAnchor Place) : PatternNode;

/// <summary>One after the other; of none, the empty text.</summary>
internal sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

internal sealed record Either(IReadOnlyList<PatternNode> Options) : PatternNode;

/// <param name="Most">Null for any number.</param>
internal sealed record Repeat(PatternNode Part, int Least, int? Most) : PatternNode;

internal enum PatternAnchor
{
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordEdge,
    NoWordEdge,
}
